import { MANUFACTURER } from '../../core/index.js';
import type { DicomJson } from '../../dicom/index.js';
import { encodeCielab } from './cielab.js';
import { clip } from '../shared/clip.js';
import { codeItem, CODES } from '../shared/codes.js';
import { elements } from '../shared/elements.js';
import type { SegAlgorithm, SegmentDescription } from './types.js';

/** The one item of Segment Sequence (PS3.3 C.8.20.4). */
export function segmentItem(
  segment: SegmentDescription,
  algorithm: SegAlgorithm,
  trackingUid: string,
): DicomJson {
  return elements({
    SegmentNumber: 1,
    SegmentLabel: segment.label,
    SegmentDescription: clip(segment.description, 1024),
    SegmentAlgorithmType: 'AUTOMATIC',
    SegmentAlgorithmName: clip(algorithm.name, 64),
    SegmentationAlgorithmIdentificationSequence: algorithmIdentification(algorithm),
    SegmentedPropertyCategoryCodeSequence: codeItem(segment.category),
    SegmentedPropertyTypeCodeSequence: codeItem(segment.type),
    AnatomicRegionSequence: segment.region && codeItem(segment.region),
    RecommendedDisplayCIELabValue: encodeCielab(segment.color),
    TrackingID: trackingIdOf(algorithm, trackingUid),
    TrackingUID: trackingUid,
  });
}

/** A name for what is tracked, for people (PS3.3 C.8.20.4.3). */
export function trackingIdOf(algorithm: SegAlgorithm, trackingUid: string): string {
  return `ESP-MedSAM ${algorithm.channel} ${trackingUid.slice(-8)}`;
}

/** Algorithm Identification macro (PS3.3 Table 10-19) with all that is needed to compute the mask again. */
function algorithmIdentification(algorithm: SegAlgorithm): DicomJson {
  return elements({
    AlgorithmFamilyCodeSequence: codeItem(CODES.artificialIntelligence),
    AlgorithmName: clip(algorithm.name, 64),
    AlgorithmVersion: clip(algorithm.version, 64),
    AlgorithmParameters: algorithmParameters(algorithm),
    AlgorithmSource: MANUFACTURER,
  });
}

/** `name=value; …`: all that is needed to compute the mask again, and how sure it is. */
export function algorithmParameters(algorithm: SegAlgorithm): string {
  const { quality, steps = [] } = algorithm;
  const parameters = {
    channel: algorithm.channel,
    'decoder-index': algorithm.channelIndex,
    score: algorithm.score.toFixed(4),
    threshold: algorithm.threshold,
    tiles: algorithm.tiles,
    views: algorithm.views,
    preprocessing: algorithm.preprocessingVersion,
    ...(steps.length > 0 && { steps: steps.join(', ') }),
    'weights-sha256': algorithm.weightsSha256.toLowerCase(),
    ...(quality && {
      'predicted-dice': quality.predicted.toFixed(4),
      'predicted-dice-at-least': quality.lower.toFixed(4),
      'needs-review': quality.review ? 'yes' : 'no',
    }),
  };
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}
