import { describe, expect, it } from 'vitest';
import { type DicomJson, itemsOf, type Keyword, tagOf } from '../../../src/dicom/index.js';
import { segDataset } from '../../../src/objects/seg/dataset.js';
import { elements, type ElementValues } from '../../../src/objects/shared/elements.js';
import { checkSeg, sayViolation } from '../../../src/objects/seg/check.js';
import { packedLength, segIdentity } from '../../../src/objects/index.js';
import type { SegProfile } from '../../../src/objects/seg/types.js';
import { RULES } from '../../../src/objects/seg/rules/index.js';
import { segInput } from './support/input.js';
import { source, UNITS } from './support/sources.js';

const sources = UNITS['US multi-frame']!;

function sound(profile: SegProfile): DicomJson {
  const input = segInput(sources, { profile });
  return segDataset(input, segIdentity(input));
}

type Change = (dataset: DicomJson) => DicomJson;

/** Sets attributes; `undefined` removes one. */
function set(values: Partial<Record<Keyword, unknown>>): Change {
  return (dataset) => {
    const removed = Object.keys(values).map((keyword) => tagOf(keyword as Keyword));
    const kept = Object.entries(dataset).filter(([tag]) => !removed.includes(tag));
    return { ...Object.fromEntries(kept), ...elements(values as ElementValues) };
  };
}

/** Changes the items along a path of sequences; at each step every item, or only the one given. */
function within(path: readonly Keyword[], change: Change, only?: number): Change {
  const [keyword, ...rest] = path;
  if (keyword === undefined) return change;
  const inner = within(rest, change);
  return (dataset) => ({
    ...dataset,
    ...elements({
      [keyword]: itemsOf(dataset, tagOf(keyword)).map((item, i) =>
        only === undefined || only === i ? inner(item) : item,
      ),
    }),
  });
}

const inFrame = (n: number, path: readonly Keyword[], change: Change) =>
  within(['PerFrameFunctionalGroupsSequence', ...path], change, n - 1);
const inShared = (change: Change) => within(['SharedFunctionalGroupsSequence'], change);
const inSegment = (change: Change, ...path: Keyword[]) => within(['SegmentSequence', ...path], change);
const inSource = (n: number, change: Change) =>
  inFrame(n, ['DerivationImageSequence', 'SourceImageSequence'], change);

const BREAKS: readonly [rule: string, how: string, change: Change, profile?: SegProfile][] = [
  ['sop-class', 'another SOP class', set({ SOPClassUID: '1.2.3' })],
  ['modality', 'another modality', set({ Modality: 'OT' })],
  ['uids', 'no series UID', set({ SeriesInstanceUID: [] })],
  ['numbers', 'no series number', set({ SeriesNumber: undefined })],
  ['image-type', 'original pixels', set({ ImageType: ['ORIGINAL', 'PRIMARY'] })],
  ['patient-study', 'no patient name', set({ PatientName: undefined })],
  ['equipment', 'an empty serial number', set({ DeviceSerialNumber: [] })],
  ['contributing-equipment', 'none', set({ ContributingEquipmentSequence: undefined })],
  ['dates', 'a date with dashes', set({ ContentDate: '2026-03-04' })],
  ['content-label', 'lower case', set({ ContentLabel: 'dermoscopy' })],
  ['content-label', 'too long', set({ ContentLabel: 'A'.repeat(17) })],
  ['content-creator', 'absent', set({ ContentCreatorName: undefined })],
  ['texts', 'a long series description', set({ SeriesDescription: 'x'.repeat(65) })],
  [
    'codes-complete',
    'a code without meaning',
    inSegment(set({ CodeMeaning: undefined }), 'SegmentedPropertyTypeCodeSequence'),
  ],
  [
    'codes-complete',
    'a nested code with an empty meaning',
    inSource(2, within(['PurposeOfReferenceCodeSequence'], set({ CodeMeaning: [] }))),
  ],
  ['pixel-format', 'eight bits', set({ BitsAllocated: 8 })],
  ['pixel-format', 'fractional', set({ SegmentationType: 'FRACTIONAL' })],
  ['size', 'the size of the network', set({ Rows: 1024 })],
  ['lossy', 'denied though the source is lossy', set({ LossyImageCompression: '00' })],
  ['lossy', 'absent', set({ LossyImageCompression: undefined })],
  ['segment-numbers', 'counting from 2', inSegment(set({ SegmentNumber: 2 }))],
  [
    'segment-reference',
    'a segment that is not there',
    inFrame(3, ['SegmentIdentificationSequence'], set({ ReferencedSegmentNumber: 2 })),
  ],
  ['segment-label', 'empty', inSegment(set({ SegmentLabel: [] }))],
  ['segment-algorithm', 'drawn by hand', inSegment(set({ SegmentAlgorithmType: 'MANUAL' }))],
  [
    'algorithm-identification',
    'no version',
    inSegment(set({ AlgorithmVersion: undefined }), 'SegmentationAlgorithmIdentificationSequence'),
  ],
  ['segment-codes', 'no category', inSegment(set({ SegmentedPropertyCategoryCodeSequence: [] }))],
  ['segment-color', 'two numbers', inSegment(set({ RecommendedDisplayCIELabValue: [1, 2] }))],
  ['segment-tracking', 'an identifier without UID', inSegment(set({ TrackingUID: undefined }))],
  ['frame-count', 'more frames than items', set({ NumberOfFrames: 9 })],
  [
    'dimension-organization',
    'another organization',
    within(['DimensionIndexSequence'], set({ DimensionOrganizationUID: '1.2.3' })),
  ],
  ['dimension-pointers', 'none', set({ DimensionIndexSequence: undefined })],
  [
    'dimension-pointers',
    'to what a frame lacks',
    within(
      ['DimensionIndexSequence'],
      set({ DimensionIndexPointer: '00209453', FunctionalGroupPointer: '00209111' }),
      1,
    ),
  ],
  [
    'dimension-values',
    'one too few',
    inFrame(1, ['FrameContentSequence'], set({ DimensionIndexValues: [1] })),
  ],
  [
    'dimension-values',
    'the same twice',
    inFrame(1, ['FrameContentSequence'], set({ DimensionIndexValues: [1, 2] })),
  ],
  ['derivation-image', 'absent in a frame', inFrame(4, [], set({ DerivationImageSequence: undefined }))],
  ['derivation-image', 'without purpose', inSource(4, set({ PurposeOfReferenceCodeSequence: undefined }))],
  ['frame-of-reference', 'absent', set({ FrameOfReferenceUID: undefined })],
  ['frame-of-reference', 'without position reference', set({ PositionReferenceIndicator: undefined })],
  ['plane-orientation', 'absent', inShared(set({ PlaneOrientationSequence: undefined }))],
  ['plane-position', 'absent in a frame', inFrame(5, [], set({ PlanePositionSequence: undefined }))],
  ['pixel-measures', 'absent', inShared(set({ PixelMeasuresSequence: undefined }))],
  [
    'strict-geometry',
    'an orientation of its own',
    inShared(set({ PlaneOrientationSequence: elements({ ImageOrientationPatient: [1, 0, 0, 0, 1, 0] }) })),
    'strict',
  ],
  ['referenced-series', 'absent', set({ ReferencedSeriesSequence: undefined })],
  [
    'referenced-series',
    'without the instance',
    within(['ReferencedSeriesSequence'], set({ ReferencedInstanceSequence: [] })),
  ],
  ['source-instances', 'a frame that the source lacks', inSource(8, set({ ReferencedFrameNumber: 9 }))],
  ['frame-order', 'frames swapped', inSource(3, set({ ReferencedFrameNumber: 1 }))],
];

describe('checkSeg', () => {
  it.each<SegProfile>(['viewer', 'strict'])('finds nothing in a sound SEG (%s)', (profile) => {
    const pixelDataLength = packedLength(6 * 9 * 8);
    expect(checkSeg(sound(profile), { profile, form: 'binary', sources, pixelDataLength })).toEqual([]);
  });

  it.each(BREAKS)('finds %s broken by: %s', (rule, _, change, profile = 'viewer') => {
    const broken = change(sound(profile));
    expect(
      checkSeg(broken, { profile, form: 'binary', sources }).map((violation) => violation.rule),
    ).toContain(rule);
  });

  it('has rules of its own for label maps', () => {
    const input = segInput(sources, { form: 'labelmap' });
    const labelMap = segDataset(input, segIdentity(input));
    const known = { profile: 'viewer', form: 'labelmap', sources, pixelDataLength: 6 * 9 * 8 } as const;
    expect(checkSeg(labelMap, known)).toEqual([]);
    const rules = (change: Change) => checkSeg(change(labelMap), known).map(({ rule }) => rule);
    expect(rules(set({ PixelPaddingValue: undefined }))).toEqual(['pixel-format']);
    expect(rules(set({ SOPClassUID: '1.2.840.10008.5.1.4.1.1.66.4' }))).toEqual(['sop-class']);
    expect(checkSeg(labelMap, { ...known, form: 'binary' })).not.toEqual([]);
  });

  it('finds pixel data of the wrong length', () => {
    const violations = checkSeg(sound('viewer'), {
      profile: 'viewer',
      form: 'binary',
      sources,
      pixelDataLength: 53,
    });
    expect(violations).toEqual([
      {
        rule: 'pixel-data-length',
        message: 'pixel data has 53 bytes, not 54',
        refusedBy: ['OHIF', 'dcmqi (3D Slicer)'],
      },
    ]);
  });

  it('finds an instance that is no source', () => {
    const others = [source({ SOPInstanceUID: '1.2.99', NumberOfFrames: 8, LossyImageCompression: '01' })];
    const rules = checkSeg(sound('viewer'), { profile: 'viewer', form: 'binary', sources: others }).map(
      ({ rule }) => rule,
    );
    expect(rules).toContain('source-instances');
  });

  it('says which viewers a violation keeps from showing it', () => {
    const [violation] = checkSeg(set({ ReferencedSeriesSequence: undefined })(sound('viewer')), {
      profile: 'viewer',
      form: 'binary',
    });
    expect(violation).toEqual({
      rule: 'referenced-series',
      message: 'ReferencedSeriesSequence is absent',
      refusedBy: ['OHIF'],
    });
    expect(sayViolation(violation!)).toBe(
      'referenced-series: ReferencedSeriesSequence is absent (refused by OHIF)',
    );
  });

  it('has no rule that no test breaks', () => {
    const broken = new Set([...BREAKS.map(([rule]) => rule), 'pixel-data-length']);
    expect(RULES.map((rule) => rule.id).filter((id) => !broken.has(id))).toEqual([]);
  });
});
