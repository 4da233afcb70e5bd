import { isUid } from '../../../core/index.js';
import type { DicomJson } from '../../../dicom/index.js';
import { groupOfFrames, firstFrame, items, number, numbers, text } from './read.js';
import type { Rule } from './rule.js';

const segments = (dataset: DicomJson) => items(dataset, 'SegmentSequence');

/** A rule that holds for every segment. */
function eachSegment(id: string, wrong: (segment: DicomJson) => string | undefined): Rule {
  return {
    id,
    broken: ({ dataset }) =>
      segments(dataset)
        .map(wrong)
        .find((message) => message !== undefined),
  };
}

/** What the segment is and what drew it. */
export const segmentRules: readonly Rule[] = [
  {
    id: 'segment-numbers',
    refusedBy: ['OHIF', 'dcmqi (3D Slicer)'],
    broken: ({ dataset }) => {
      if (segments(dataset).length === 0) return 'SegmentSequence is absent';
      const consecutive = segments(dataset).every((segment, i) => number(segment, 'SegmentNumber') === i + 1);
      return consecutive ? undefined : 'SegmentNumber does not count from 1';
    },
  },
  {
    id: 'segment-reference',
    refusedBy: ['OHIF', 'dcmqi (3D Slicer)'],
    broken: ({ dataset, form }) => {
      // The pixels of a label map name the segment.
      if (form === 'labelmap') return undefined;
      const frame = firstFrame(groupOfFrames(dataset, 'SegmentIdentificationSequence'), (group) => {
        const segment = group.length === 1 ? number(group[0]!, 'ReferencedSegmentNumber') : undefined;
        return segment !== undefined && segment >= 1 && segment <= segments(dataset).length;
      });
      return frame && `${frame} does not name a segment`;
    },
  },
  eachSegment('segment-label', (segment) => {
    const length = [...(text(segment, 'SegmentLabel') ?? '')].length;
    return length > 0 && length <= 64 ? undefined : 'SegmentLabel is empty or longer than 64 characters';
  }),
  eachSegment('segment-algorithm', (segment) => {
    if (text(segment, 'SegmentAlgorithmType') !== 'AUTOMATIC') return 'SegmentAlgorithmType is not AUTOMATIC';
    return text(segment, 'SegmentAlgorithmName') === undefined ? 'SegmentAlgorithmName is empty' : undefined;
  }),
  eachSegment('algorithm-identification', (segment) => {
    const algorithm = items(segment, 'SegmentationAlgorithmIdentificationSequence')[0];
    if (!algorithm) return 'SegmentationAlgorithmIdentificationSequence is absent';
    if (items(algorithm, 'AlgorithmFamilyCodeSequence').length !== 1) return 'no algorithm family';
    const empty = (['AlgorithmName', 'AlgorithmVersion', 'AlgorithmParameters'] as const).find(
      (keyword) => text(algorithm, keyword) === undefined,
    );
    return empty && `${empty} is empty`;
  }),
  eachSegment('segment-codes', (segment) =>
    (['SegmentedPropertyCategoryCodeSequence', 'SegmentedPropertyTypeCodeSequence'] as const)
      .filter((keyword) => items(segment, keyword).length !== 1)
      .map((keyword) => `${keyword} has not one item`)
      .at(0),
  ),
  eachSegment('segment-color', (segment) => {
    const color = numbers(segment, 'RecommendedDisplayCIELabValue');
    const valid =
      color.length === 3 && color.every((value) => Number.isInteger(value) && value >= 0 && value <= 65535);
    return valid ? undefined : 'RecommendedDisplayCIELabValue is not three numbers 0–65535';
  }),
  eachSegment('segment-tracking', (segment) =>
    text(segment, 'TrackingID') !== undefined && isUid(text(segment, 'TrackingUID'))
      ? undefined
      : 'TrackingID and TrackingUID are not both present',
  ),
];
