import { type DicomJson, frameCount, numberOf, TAG } from '../../../../src/dicom/index.js';
import type { Mask } from '../../../../src/core/index.js';
import type { SegInput } from '../../../../src/objects/index.js';
import { source } from './sources.js';

/** A mask with foreground that depends on the seed: about a third of the pixels. */
export function mask(rows: number, columns: number, seed = 1): Mask {
  const data = Uint8Array.from({ length: rows * columns }, (_, i) => ((i * 7 + seed * 5) % 11 < 4 ? 1 : 0));
  return { rows, columns, data };
}

/** A complete input for sources; every frame of theirs gets a mask unless frames are given. */
export function segInput(
  sources: readonly DicomJson[] = [source()],
  changes: Partial<SegInput> = {},
): SegInput {
  const [rows, columns] = [numberOf(sources[0]!, TAG.Rows)!, numberOf(sources[0]!, TAG.Columns)!];
  const frames = sources.flatMap((instance, sourceIndex) =>
    Array.from({ length: frameCount(instance) }, (_, i) => ({
      sourceIndex,
      frameNumber: i + 1,
      mask: mask(rows, columns, sourceIndex * 10 + i),
    })),
  );
  return {
    sources,
    pictures: 'cd'.repeat(32),
    frames,
    segment: {
      label: 'Skin lesion',
      description: 'Skin lesion outlined by ESP-MedSAM',
      category: { value: '49755003', scheme: 'SCT', meaning: 'Morphologically Abnormal Structure' },
      type: { value: '52988006', scheme: 'SCT', meaning: 'Lesion' },
      region: { value: '39937001', scheme: 'SCT', meaning: 'Skin' },
      color: [255, 149, 0],
    },
    algorithm: {
      name: 'ESP-MedSAM',
      version: '1.0.0',
      softwareVersion: '0.1.0',
      weightsSha256: 'ab'.repeat(32),
      channel: 'dermoscopy',
      channelIndex: 0,
      score: 0.973,
      threshold: 0.5,
      tiles: 1,
      views: 1,
      preprocessingVersion: '1',
    },
    profile: 'viewer',
    form: 'binary',
    now: new Date('2026-03-04T05:06:07.089Z'),
    ...changes,
  };
}
