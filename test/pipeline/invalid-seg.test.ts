import { expect, it, vi } from 'vitest';
import { processStudy } from '../../src/pipeline/index.js';
import { source } from '../objects/seg/support/sources.js';
import { contextOf, DERMOSCOPIC, memoryArchive, STUDY } from '../support/memory-archive.js';

// A mistake of ours that a viewer would trip over: the packing loses two bytes.
vi.mock('../../src/objects/shared/pixel-format.js', async (original) => {
  const real = await original<typeof import('../../src/objects/shared/pixel-format.js')>();
  return {
    ...real,
    pixelDataOf: (...given: Parameters<typeof real.pixelDataOf>) => {
      const { length, writeTo } = real.pixelDataOf(...given);
      return { length: length - 2, writeTo };
    },
  };
});

it('a SEG that breaks a rule is not stored; its unit fails with the rule and the viewers it is for', async () => {
  const archive = memoryArchive([source({}, DERMOSCOPIC)]);
  const settings = { profile: 'viewer', form: 'binary', measurements: true } as const;
  const run = await processStudy(STUDY, contextOf(archive, settings), undefined);
  expect(archive.stored).toEqual([]);
  expect(run).toMatchObject({
    outcome: 'failed',
    stored: 0,
    units: [{ outcome: 'failed', channel: 'dermoscopy' }],
  });
  expect(run!.units[0]!.segInstanceUid).toBeUndefined();
  expect(run!.units[0]!.reasons.at(-1)).toBe(
    'SEG_INVALID: pixel-data-length: pixel data has 6 bytes, not 8 (refused by OHIF, dcmqi (3D Slicer))',
  );
});
