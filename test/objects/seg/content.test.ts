import { describe, expect, it } from 'vitest';
import {
  type DicomJson,
  itemsOf,
  type Keyword,
  numbersOf,
  stringOf,
  stringsOf,
  tagOf,
} from '../../../src/dicom/index.js';
import { elements } from '../../../src/objects/shared/elements.js';
import { buildSeg, type SegInput } from '../../../src/objects/index.js';
import { MANUFACTURER, MANUFACTURER_MODEL_NAME } from '../../../src/core/index.js';
import { segInput } from './support/input.js';
import { source, UNITS } from './support/sources.js';
import { dciodvfyErrors } from '../../support/dciodvfy.js';
import { dumpWithDcmtk, readWithDcmtk } from './support/tools.js';

const build = (input: SegInput) => readWithDcmtk(buildSeg(input).bytes);
const text = (dataset: DicomJson, keyword: Keyword) => stringOf(dataset, tagOf(keyword));
const numbers = (dataset: DicomJson, keyword: Keyword) => numbersOf(dataset, tagOf(keyword));
const items = (dataset: DicomJson, ...path: Keyword[]) =>
  path.reduce<readonly DicomJson[]>(
    (found, keyword) => found.flatMap((item) => itemsOf(item, tagOf(keyword))),
    [dataset],
  );

describe('what a person sees', () => {
  const seg = build(segInput());

  it('names the detected modality in series description, label and description', () => {
    expect(text(seg, 'SeriesDescription')).toBe('ESP-MedSAM dermoscopy: skin lesion');
    expect(text(seg, 'ContentLabel')).toBe('DERMOSCOPY');
    expect(text(seg, 'ContentDescription')).toBe('Skin lesion, dermoscopy (score 0.97), uncalibrated');
    expect(items(seg, 'SegmentSequence').map((segment) => text(segment, 'SegmentLabel'))).toEqual([
      'Skin lesion',
    ]);
  });

  it('shortens a long label where DICOM has no room for it', () => {
    const long = build(segInput([source()], { segment: { ...segInput().segment, label: 'x'.repeat(64) } }));
    expect(text(long, 'ContentDescription')).toHaveLength(64);
    expect(text(long, 'ContentDescription')).toMatch(/x\.\.\., dermoscopy \(score 0\.97\), uncalibrated$/);
    expect(text(long, 'SeriesDescription')).toHaveLength(64);
  });
});

describe('what made it', () => {
  const seg = build(segInput());

  it('is the equipment that routing recognises', () => {
    expect([text(seg, 'Manufacturer'), text(seg, 'ManufacturerModelName')]).toEqual([
      MANUFACTURER,
      MANUFACTURER_MODEL_NAME,
    ]);
    expect(stringsOf(seg, tagOf('SoftwareVersions'))).toEqual(['0.1.0', 'ESP-MedSAM 1.0.0']);
  });

  it('carries all that is needed to compute the mask again', () => {
    const [algorithm] = items(seg, 'SegmentSequence', 'SegmentationAlgorithmIdentificationSequence');
    expect(text(algorithm!, 'AlgorithmParameters')).toBe(
      `channel=dermoscopy; decoder-index=0; score=0.9730; threshold=0.5; tiles=1; views=1; preprocessing=1; weights-sha256=${'ab'.repeat(32)}`,
    );
  });
});

describe('what it belongs to', () => {
  it('carries patient and study attributes over unchanged, nested and empty ones too', () => {
    const study: DicomJson = {
      '00081030': { vr: 'LO', Value: ['Follow-up'] },
      '00081032': {
        vr: 'SQ',
        Value: [elements({ CodeValue: 'X1', CodingSchemeDesignator: '99HIS', CodeMeaning: 'Skin check' })],
      },
      '00101010': { vr: 'AS', Value: ['054Y'] },
      '00101030': { vr: 'DS', Value: [71.5] },
      '001021C0': { vr: 'US', Value: [4] },
      '00120062': { vr: 'CS', Value: ['YES'] },
    };
    const seg = build(segInput([source({ TimezoneOffsetFromUTC: '+0900' }, study)]));
    for (const [tag, attribute] of Object.entries(study)) {
      expect(JSON.stringify(seg[tag]!.Value), tag).toBe(JSON.stringify(attribute.Value));
    }
    expect(seg['00080090']).toEqual({ vr: 'PN' });
    expect(text(seg, 'StudyID')).toBe('7');
  });

  it('leaves other attributes of the source behind', () => {
    const seg = build(
      segInput([
        source(
          {},
          { '00080080': { vr: 'LO', Value: ['Clinic'] }, '00091001': { vr: 'LO', Value: ['private'] } },
        ),
      ]),
    );
    expect(seg['00080080'] ?? seg['00091001']).toBeUndefined();
  });

  it('writes its times in the time zone that the source states', () => {
    const seg = build(
      segInput([source({ TimezoneOffsetFromUTC: '+0900' })], { now: new Date('2026-03-04T20:06:07.089Z') }),
    );
    expect([text(seg, 'ContentDate'), text(seg, 'ContentTime')]).toEqual(['20260305', '050607.089']);
  });

  it('refers to every instance that a frame was made from, and to no other', () => {
    const input = segInput(UNITS['stack of three instances']);
    const seg = build({ ...input, frames: [input.frames[0]!, input.frames[2]!] });
    const listed = items(seg, 'ReferencedSeriesSequence', 'ReferencedInstanceSequence');
    expect(listed.map((item) => text(item, 'ReferencedSOPInstanceUID'))).toEqual([
      '1.2.3.4.5.1',
      '1.2.3.4.5.3',
    ]);
  });
});

describe('frames of a multi-frame source', () => {
  it('refer to their own frame, also where only some have foreground', () => {
    const input = segInput(UNITS['US multi-frame']);
    const sparse = [input.frames[1]!, input.frames[4]!, input.frames[7]!];
    const { bytes } = buildSeg({ ...input, frames: sparse });
    const seg = readWithDcmtk(bytes);
    const frames = items(seg, 'PerFrameFunctionalGroupsSequence');
    const sources = items(
      seg,
      'PerFrameFunctionalGroupsSequence',
      'DerivationImageSequence',
      'SourceImageSequence',
    );
    expect(sources.flatMap((image) => numbers(image, 'ReferencedFrameNumber'))).toEqual([2, 5, 8]);
    expect(
      frames.flatMap((frame) =>
        items(frame, 'PlanePositionSequence').map((item) => numbers(item, 'ImagePositionPatient')),
      ),
    ).toEqual([
      [0, 0, 1],
      [0, 0, 4],
      [0, 0, 7],
    ]);
    expect(
      frames.flatMap((frame) =>
        items(frame, 'FrameContentSequence').map((item) => numbers(item, 'DimensionIndexValues')),
      ),
    ).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
    ]);
    expect(dciodvfyErrors(bytes)).toEqual([]);
  });
});

describe('lossy compression', () => {
  it('is carried over with ratio and method from any source', () => {
    const lossy = source({
      SOPInstanceUID: '1.2.3.4.5.2',
      LossyImageCompression: '01',
      LossyImageCompressionRatio: [12.5, 2],
      LossyImageCompressionMethod: ['ISO_10918_1', 'ISO_15444_1'],
    });
    const seg = build(segInput([source(), lossy]));
    expect(text(seg, 'LossyImageCompression')).toBe('01');
    expect(numbers(seg, 'LossyImageCompressionRatio')).toEqual([12.5, 2]);
    expect(stringsOf(seg, tagOf('LossyImageCompressionMethod'))).toEqual(['ISO_10918_1', 'ISO_15444_1']);
  });

  it('is written when only the transfer gave it away', () => {
    const { bytes } = buildSeg(segInput([source()], { lossy: { method: 'ISO_10918_1', ratio: 9.1 } }));
    const seg = readWithDcmtk(bytes);
    expect(text(seg, 'LossyImageCompression')).toBe('01');
    expect(numbers(seg, 'LossyImageCompressionRatio')).toEqual([9.1]);
    expect(dciodvfyErrors(bytes)).toEqual([]);
  });

  it('is denied when nothing was lossy', () => {
    expect(text(build(segInput()), 'LossyImageCompression')).toBe('00');
  });
});

describe('the file', () => {
  it('is Explicit VR Little Endian with its own meta information', () => {
    const dump = dumpWithDcmtk(buildSeg(segInput()).bytes);
    expect(dump).toContain('# Used TransferSyntax: Little Endian Explicit');
    expect(dump).toMatch(/\(0002,0013\) SH \[ESP-MEDSAM\]/);
    expect(dump).toMatch(/\(7fe0,0010\) OB/);
  });
});
