import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PixelDescription } from '../../src/core/index.js';
import { readDicom, writeDicom, type DicomPixels } from './dicom-file.js';

/** Runs one of DCMTK's tools; a missing tool fails the test and says how to get it. */
function dcmtk(tool: string, args: readonly string[]): void {
  try {
    execFileSync(tool, args, { stdio: 'pipe' });
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(
      missing ? `${tool} is missing: apt-get install dcmtk` : `${tool} ${args.join(' ')} failed`,
      { cause },
    );
  }
}

/** Encodes a frame with a tool of DCMTK; with `decoder`, also returns what DCMTK itself makes of the result. */
export function encodeWithDcmtk(
  pixels: PixelDescription,
  frame: Uint8Array,
  encoder: readonly [tool: string, ...options: string[]],
  decoder?: readonly [tool: string, ...options: string[]],
): { readonly encoded: DicomPixels; readonly decoded: DicomPixels | undefined } {
  const folder = mkdtempSync(join(tmpdir(), 'esp-dcmtk-'));
  const [plain, coded, back] = ['plain.dcm', 'coded.dcm', 'back.dcm'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeDicom(plain, pixels, frame);
  const [tool, ...options] = encoder;
  dcmtk(tool, [...options, plain, coded]);
  if (decoder === undefined) return { encoded: readDicom(coded), decoded: undefined };
  const [backTool, ...backOptions] = decoder;
  dcmtk(backTool, [...backOptions, coded, back]);
  return { encoded: readDicom(coded), decoded: readDicom(back) };
}
