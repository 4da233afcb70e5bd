import type { DicomJson } from '../../dicom/index.js';
import { clip } from '../shared/clip.js';
import type { DicomDateTime } from '../shared/date-time.js';
import { elements } from '../shared/elements.js';
import type { SegAlgorithm, SegmentDescription } from './types.js';

/** What a person reads in a viewer's list: the modality detected, what is outlined, and whether mm can be trusted. */
export function contentIdentification(
  segment: SegmentDescription,
  algorithm: SegAlgorithm,
  calibrated: boolean,
  at: DicomDateTime,
): DicomJson {
  const found = `${algorithm.channel} (score ${algorithm.score.toFixed(2)})`;
  const note = calibrated ? found : `${found}, uncalibrated`;
  return elements({
    SeriesDescription: clip(`ESP-MedSAM ${algorithm.channel}: ${segment.label.toLowerCase()}`, 64),
    // A Code String knows no hyphen.
    ContentLabel: algorithm.channel.toUpperCase().replaceAll('-', '_').slice(0, 16),
    ContentDescription: `${clip(segment.label, 62 - note.length)}, ${note}`,
    ContentCreatorName: { Alphabetic: 'ESP-MedSAM^Orthanc' },
    ContentDate: at.date,
    ContentTime: at.time,
    SeriesDate: at.date,
    SeriesTime: at.time,
    InstanceCreationDate: at.date,
    InstanceCreationTime: at.time,
  });
}
