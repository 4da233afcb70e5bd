import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/index.js';
import { type DicomJson, itemsOf, numberOf, stringOf, TAG } from '../../src/dicom/index.js';
import { readSeg } from '../../src/demo/read-seg.js';
import { phantomSlide } from '../../src/phantom/phantom-slide.js';
import { buildSeg, type SegInput } from '../../src/objects/index.js';
import { dicomJsonByDcmtk } from '../phantom/read-back.js';
import { dciodvfyErrors } from '../support/dciodvfy.js';

// An odd seed: nuclei on a dark ground, whose masks leave some tiles of a slide empty.
const [level] = phantomSlide({ levels: 1, width: 300, height: 200, seed: 3 });
const source = dicomJsonByDcmtk(level!.bytes);
const frames = level!.masks
  .map((mask, i) => ({ sourceIndex: 0, frameNumber: i + 1, mask }))
  .filter(({ mask }) => mask.data.includes(1));
const code = { value: '84640000', scheme: 'SCT', meaning: 'Nucleus' };

const input = (form: SegInput['form']): SegInput => ({
  sources: [source],
  pictures: 'cd'.repeat(32),
  frames,
  segment: {
    label: 'Nuclei',
    description: 'Cell nuclei',
    category: { value: '91723000', scheme: 'SCT', meaning: 'Anatomical Structure' },
    type: code,
    color: [191, 90, 242],
  },
  algorithm: {
    name: 'ESP-MedSAM',
    version: '1',
    softwareVersion: '1',
    weightsSha256: 'a'.repeat(64),
    channel: 'microscopy',
    channelIndex: 4,
    score: 0.9,
    threshold: 0.5,
    tiles: 1,
    views: 1,
    preprocessingVersion: '1',
  },
  profile: 'viewer',
  form,
  now: new Date('2026-01-05T10:15:00Z'),
});

describe('a SEG of a whole-slide image', () => {
  const { bytes } = buildSeg(input('binary'));
  const seg: DicomJson = dicomJsonByDcmtk(bytes);

  it('is valid and in the geometry of its source', () => {
    expect(dciodvfyErrors(bytes)).toEqual([]);
    expect(stringOf(seg, TAG.DimensionOrganizationType)).toBe('TILED_SPARSE');
    for (const tag of [
      TAG.FrameOfReferenceUID,
      TAG.TotalPixelMatrixColumns,
      TAG.TotalPixelMatrixRows,
      TAG.TotalPixelMatrixOriginSequence,
      TAG.ImageOrientationSlide,
      TAG.SpecimenDescriptionSequence,
    ]) {
      expect(seg[tag]).toEqual(source[tag]);
    }
    const [groups] = itemsOf(seg, TAG.SharedFunctionalGroupsSequence);
    const [sourceGroups] = itemsOf(source, TAG.SharedFunctionalGroupsSequence);
    expect(groups![TAG.PixelMeasuresSequence]).toEqual(sourceGroups![TAG.PixelMeasuresSequence]);
  });

  it('holds the masks on the tiles they were made of', () => {
    const { masks } = readSeg(seg, bytes);
    expect([...masks.keys()]).toEqual(
      frames.map(({ frameNumber }) => `${level!.sopInstanceUid}.f${frameNumber}`),
    );
    [...masks.values()].forEach((mask, i) => expect(mask).toEqual(frames[i]!.mask.data));
  });

  it('claims no planes in a patient', () => {
    expect(JSON.stringify(seg)).not.toMatch(/00209113|00209116|00200032|00200037/);
    expect(seg[TAG.PatientOrientation]).not.toHaveProperty('Value');
  });

  it('can be a label map', () => {
    const labelmap = dicomJsonByDcmtk(buildSeg(input('labelmap')).bytes);
    expect(stringOf(labelmap, TAG.SOPClassUID)).toBe('1.2.840.10008.5.1.4.1.1.66.7');
    expect(numberOf(labelmap, TAG.NumberOfFrames)).toBe(frames.length);
    expect(itemsOf(labelmap, TAG.DimensionIndexSequence)).toHaveLength(2);
  });

  it('is not made of a slide that does not say how it lies', () => {
    const unoriented = { ...source, [TAG.ImageOrientationSlide]: {} };
    const made = () => buildSeg({ ...input('binary'), sources: [unoriented] });
    expect(made).toThrow(AppError);
    expect(made).toThrow('ImageOrientationSlide or PixelSpacing of the slide is missing');
  });
});
