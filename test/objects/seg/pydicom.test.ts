import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { numberOf, stringOf, TAG } from '../../../src/dicom/index.js';
import { buildSeg, unpackMask } from '../../../src/objects/index.js';
import type { SegForm, SegProfile } from '../../../src/objects/seg/types.js';
import { segInput } from './support/input.js';
import { UNITS } from './support/sources.js';

// The system's Python, where apt puts pydicom; another Python in PATH would not see it.
const PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('support/read_seg.py', import.meta.url));

interface ReadFile {
  readonly frames: readonly {
    readonly uid: string;
    readonly frame: number | null;
    readonly pixels: string;
  }[];
}

/** All files in one run: starting Python takes longer than reading. */
function readWithPydicom(files: readonly Uint8Array[]): readonly ReadFile[] {
  const folder = mkdtempSync(join(tmpdir(), 'esp-pydicom-'));
  try {
    const paths = files.map((bytes, index) => {
      const path = join(folder, `${index}.dcm`);
      writeFileSync(path, bytes);
      return path;
    });
    const output = execFileSync(PYTHON, [SCRIPT, ...paths], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    return JSON.parse(output) as ReadFile[];
  } catch (cause) {
    throw new Error('pydicom could not read the files (apt-get install python3-pydicom python3-numpy)', {
      cause,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const FORMS: readonly [SegForm, SegProfile][] = [
  ['binary', 'viewer'],
  ['binary', 'strict'],
  ['labelmap', 'viewer'],
  ['labelmap', 'strict'],
];
const cases = FORMS.flatMap(([form, profile]) =>
  Object.keys(UNITS).map((name) => ({
    form,
    profile,
    name,
    input: segInput(UNITS[name], { form, profile }),
  })),
);
const read = readWithPydicom(cases.map(({ input }) => buildSeg(input).bytes));

describe('pydicom reads the masks bit for bit, on the right source frame', () => {
  it.each(cases.map((one, index) => ({ ...one, index })))('$form, $profile: $name', ({ input, index }) => {
    const expected = input.frames.map(({ sourceIndex, frameNumber, mask }) => {
      const source = input.sources[sourceIndex]!;
      const multiFrame = numberOf(source, TAG.NumberOfFrames) !== undefined;
      return {
        uid: stringOf(source, TAG.SOPInstanceUID),
        frame: multiFrame ? frameNumber : null,
        pixels: Buffer.from(unpackMask(mask).data).toString('base64'),
      };
    });
    expect(read[index]!.frames).toEqual(expected);
  });
});
