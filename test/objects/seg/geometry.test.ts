import { describe, expect, it } from 'vitest';
import {
  type DicomJson,
  itemsOf,
  type Keyword,
  numbersOf,
  stringOf,
  tagOf,
} from '../../../src/dicom/index.js';
import { elements, type ElementValues } from '../../../src/objects/shared/elements.js';
import { buildSeg, segIdentity, type SegInput } from '../../../src/objects/index.js';
import { pixelSpacingOf } from '../../../src/objects/shared/pixel-spacing.js';
import { segInput } from './support/input.js';
import { SOP, source, UNITS } from './support/sources.js';
import { dciodvfyErrors } from '../../support/dciodvfy.js';
import { readWithDcmtk } from './support/tools.js';

const build = (input: SegInput) => readWithDcmtk(buildSeg(input).bytes);
const text = (dataset: DicomJson, keyword: Keyword) => stringOf(dataset, tagOf(keyword));
const group = (groups: DicomJson, macro: Keyword, keyword: Keyword) =>
  itemsOf(groups, tagOf(macro)).map((item) => numbersOf(item, tagOf(keyword)))[0];
const shared = (seg: DicomJson) => itemsOf(seg, tagOf('SharedFunctionalGroupsSequence'))[0]!;
const perFrame = (seg: DicomJson) => itemsOf(seg, tagOf('PerFrameFunctionalGroupsSequence'));
const region = (x: number, y: number, more = {}) =>
  elements({
    RegionSpatialFormat: 1,
    PhysicalUnitsXDirection: 3,
    PhysicalUnitsYDirection: 3,
    PhysicalDeltaX: x,
    PhysicalDeltaY: y,
    ...more,
  });

describe('pixel spacing', () => {
  it.each<[string, DicomJson, readonly number[] | undefined]>([
    ['PixelSpacing first', source({ PixelSpacing: [0.2, 0.3], ImagerPixelSpacing: [1, 1] }), [0.2, 0.3]],
    ['ImagerPixelSpacing', source({ ImagerPixelSpacing: [0.143, 0.143] }), [0.143, 0.143]],
    ['NominalScannedPixelSpacing', source({ NominalScannedPixelSpacing: [0.5, 0.4] }), [0.5, 0.4]],
    [
      'ultrasound regions in cm as mm',
      source({ SequenceOfUltrasoundRegions: region(0.0125, -0.02) }),
      [0.2, 0.125],
    ],
    [
      'the shared functional group',
      source(
        {},
        elements({
          SharedFunctionalGroupsSequence: elements({
            PixelMeasuresSequence: elements({ PixelSpacing: [0.6, 0.7] }),
          }),
        }),
      ),
      [0.6, 0.7],
    ],
    [
      'nothing where 2-D regions disagree',
      source({ SequenceOfUltrasoundRegions: [region(0.01, 0.01), region(0.02, 0.02)] }),
      undefined,
    ],
    [
      'the 2-D region beside a Doppler trace',
      source({
        SequenceOfUltrasoundRegions: [
          region(0.01, 0.01),
          region(9, 9, { RegionSpatialFormat: 3, PhysicalUnitsXDirection: 4 }),
        ],
      }),
      [0.1, 0.1],
    ],
    [
      'nothing where a region is not in cm',
      source({ SequenceOfUltrasoundRegions: region(0.01, 0.01, { PhysicalUnitsXDirection: 4 }) }),
      undefined,
    ],
    ['nothing for zero or one value', source({ PixelSpacing: [0, 0.2], ImagerPixelSpacing: [1] }), undefined],
    ['nothing', source(), undefined],
  ])('is taken from %s', (_, image, spacing) => {
    const found = pixelSpacingOf(image);
    expect(found?.map((value) => Number(value.toFixed(9)))).toEqual(spacing);
  });
});

describe('viewer profile', () => {
  it('lays frames of sources without geometry 1 mm apart in a Frame of Reference of its own', () => {
    const input = segInput(UNITS['stack of three instances']);
    const seg = build(input);
    expect(text(seg, 'FrameOfReferenceUID')).toBe(segIdentity(input).frameOfReferenceUid);
    expect(seg[tagOf('PositionReferenceIndicator')]).toEqual({ vr: 'LO' });
    expect(group(shared(seg), 'PlaneOrientationSequence', 'ImageOrientationPatient')).toEqual([
      1, 0, 0, 0, 1, 0,
    ]);
    expect(group(shared(seg), 'PixelMeasuresSequence', 'PixelSpacing')).toEqual([0.25, 0.25]);
    expect(group(shared(seg), 'PixelMeasuresSequence', 'SliceThickness')).toEqual([1]);
    expect(
      perFrame(seg).map((frame) => group(frame, 'PlanePositionSequence', 'ImagePositionPatient')),
    ).toEqual([
      [0, 0, 0],
      [0, 0, 1],
      [0, 0, 2],
    ]);
    expect(text(seg, 'ContentDescription')).not.toContain('uncalibrated');
  });

  it('says that it is uncalibrated where spacing is made up', () => {
    const seg = build(segInput());
    expect(group(shared(seg), 'PixelMeasuresSequence', 'PixelSpacing')).toEqual([1, 1]);
    expect(text(seg, 'ContentDescription')).toContain('uncalibrated');
  });

  it('claims nothing in a Frame of Reference of which the source gives no plane', () => {
    const seg = build(segInput([source({ FrameOfReferenceUID: '1.2.3.4.99' })]));
    expect(text(seg, 'FrameOfReferenceUID')).not.toBe('1.2.3.4.99');
  });
});

it('a Frame of Reference whose UID is none is not copied', () => {
  const broken = UNITS['source with geometry of its own']!.map((image) => ({
    ...image,
    ...elements({ FrameOfReferenceUID: 'PLANE 1' }),
  }));
  const input = segInput(broken);
  expect(text(build(input), 'FrameOfReferenceUID')).toBe(segIdentity(input).frameOfReferenceUid);
});

describe.each(['viewer', 'strict'] as const)('geometry of the source in the %s profile', (profile) => {
  const sources = UNITS['source with geometry of its own']!;

  it('is copied exactly', () => {
    const seg = build(segInput(sources, { profile }));
    expect(text(seg, 'FrameOfReferenceUID')).toBe('1.2.3.4.99');
    expect(group(shared(seg), 'PlaneOrientationSequence', 'ImageOrientationPatient')).toEqual([
      0, 1, 0, 0, 0, -1,
    ]);
    expect(group(shared(seg), 'PixelMeasuresSequence', 'SliceThickness')).toEqual([2.5]);
    expect(
      perFrame(seg).map((frame) => group(frame, 'PlanePositionSequence', 'ImagePositionPatient')),
    ).toEqual([
      [-120.5, 3.25, 37.5],
      [-120.5, 3.25, 35],
      [-120.5, 3.25, 32.5],
    ]);
  });

  it('ranks planes along their normal in the dimension index', () => {
    const seg = build(segInput(sources, { profile }));
    // The normal of 0\1\0, 0\0\-1 is -1\0\0: all planes lie at one distance along it, so labels tell them apart.
    expect(text(itemsOf(seg, tagOf('DimensionIndexSequence'))[1]!, 'DimensionIndexPointer')).toBe('00209453');
    const axial = sources.map((image) => ({
      ...image,
      ...elements({ ImageOrientationPatient: [1, 0, 0, 0, 1, 0] }),
    }));
    const ranked = build(segInput(axial, { profile }));
    expect(
      perFrame(ranked).map((frame) => group(frame, 'FrameContentSequence', 'DimensionIndexValues')),
    ).toEqual([
      [1, 3],
      [1, 2],
      [1, 1],
    ]);
  });

  it('is taken frame by frame from functional groups', () => {
    const frame = (z: number) =>
      elements({ PlanePositionSequence: elements({ ImagePositionPatient: [0, 0, z] }) });
    const multiFrame = source(
      { SOPClassUID: SOP.ultrasoundMultiFrame, NumberOfFrames: 2, FrameOfReferenceUID: '1.2.3.4.99' },
      elements({
        SharedFunctionalGroupsSequence: elements({
          PlaneOrientationSequence: elements({ ImageOrientationPatient: [1, 0, 0, 0, 1, 0] }),
          PixelMeasuresSequence: elements({ PixelSpacing: [0.3, 0.3], SliceThickness: 0.8 }),
        }),
        PerFrameFunctionalGroupsSequence: [frame(10.25), frame(11.05)],
      }),
    );
    const { bytes } = buildSeg(segInput([multiFrame], { profile }));
    const seg = readWithDcmtk(bytes);
    expect(perFrame(seg).map((own) => group(own, 'PlanePositionSequence', 'ImagePositionPatient'))).toEqual([
      [0, 0, 10.25],
      [0, 0, 11.05],
    ]);
    expect(group(shared(seg), 'PixelMeasuresSequence', 'PixelSpacing')).toEqual([0.3, 0.3]);
    expect(dciodvfyErrors(bytes)).toEqual([]);
  });

  it('goes to each frame where orientations differ', () => {
    const turned = sources.map((image, i) =>
      i === 1 ? { ...image, ...elements({ ImageOrientationPatient: [1, 0, 0, 0, 1, 0] }) } : image,
    );
    const { bytes } = buildSeg(segInput(turned, { profile }));
    const seg = readWithDcmtk(bytes);
    expect(group(shared(seg), 'PlaneOrientationSequence', 'ImageOrientationPatient')).toBeUndefined();
    expect(group(perFrame(seg)[1]!, 'PlaneOrientationSequence', 'ImageOrientationPatient')).toEqual([
      1, 0, 0, 0, 1, 0,
    ]);
    expect(dciodvfyErrors(bytes)).toEqual([]);
  });
});

describe('strict profile', () => {
  it('claims no plane and no Frame of Reference that the source does not have', () => {
    const seg = build(segInput(UNITS['stack of three instances'], { profile: 'strict' }));
    expect(seg[tagOf('FrameOfReferenceUID')]).toBeUndefined();
    expect(shared(seg)).toEqual({});
    expect(perFrame(seg).every((frame) => frame[tagOf('PlanePositionSequence')] === undefined)).toBe(true);
  });

  it('gives the direction of the patient where the source does, and still knows what is calibrated', () => {
    const known = source({ ImagerPixelSpacing: [0.1, 0.1], PatientOrientation: ['L', 'F'] });
    const seg = build(segInput([known], { profile: 'strict' }));
    expect(seg[tagOf('PatientOrientation')]?.Value).toEqual(['L', 'F']);
    expect(text(seg, 'ContentDescription')).not.toContain('uncalibrated');
  });

  it('tells frames apart by label', () => {
    const seg = build(segInput(UNITS['US multi-frame'], { profile: 'strict' }));
    const labels = perFrame(seg).map((frame) =>
      stringOf(itemsOf(frame, tagOf('FrameContentSequence'))[0]!, tagOf('FrameLabel')),
    );
    expect(labels.slice(0, 2)).toEqual(['image 1 frame 1', 'image 1 frame 2']);
  });
});

describe('planes that a source states badly', () => {
  const ct = (values: ElementValues) =>
    source({
      FrameOfReferenceUID: '1.2.3.4.9',
      PositionReferenceIndicator: [],
      ImagePositionPatient: [0, 0, 5],
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      PixelSpacing: [0.5, 0.5],
      ...values,
    });
  const thickness = (seg: DicomJson) => group(shared(seg), 'PixelMeasuresSequence', 'SliceThickness');

  it.each<[string, ElementValues, number]>([
    ['the thickness where it is stated', { SliceThickness: 2.5 }, 2.5],
    ['what lies between slices where it is not', { SpacingBetweenSlices: 3 }, 3],
    ['1 mm where neither is', {}, 1],
    ['1 mm where it is zero', { SliceThickness: 0 }, 1],
  ])('have %s, as dciodvfy and readers ask for', (_, values, expected) => {
    const input = segInput([ct(values)]);
    const { bytes } = buildSeg(input);
    expect(thickness(readWithDcmtk(bytes))).toEqual([expected]);
    expect(dciodvfyErrors(bytes)).toEqual([]);
  });

  it.each([
    ['zeros', [0, 0, 0, 0, 0, 0]],
    ['parallel', [1, 0, 0, 1, 0, 0]],
    ['oblique to each other', [1, 0, 0, 0.2, 0.98, 0]],
    ['not of length 1', [2, 0, 0, 0, 2, 0]],
  ])('are not copied when their directions are %s', (_, orientation) => {
    const seg = build(segInput([ct({ ImageOrientationPatient: orientation })]));
    expect(text(seg, 'FrameOfReferenceUID')).not.toBe('1.2.3.4.9');
    expect(group(shared(seg), 'PlaneOrientationSequence', 'ImageOrientationPatient')).toEqual([
      1, 0, 0, 0, 1, 0,
    ]);
  });

  it('are copied when their cosines are rounded', () => {
    const rounded = [0.7071, 0.7071, 0, -0.7071, 0.7071, 0];
    const seg = build(segInput([ct({ ImageOrientationPatient: rounded })]));
    expect(text(seg, 'FrameOfReferenceUID')).toBe('1.2.3.4.9');
    expect(group(shared(seg), 'PlaneOrientationSequence', 'ImageOrientationPatient')).toEqual(rounded);
  });
});
