import { type DicomJson, stringOf, TAG } from '../../dicom/index.js';
import { sopReference } from '../shared/derivation-image.js';
import { elements } from '../shared/elements.js';
import type { SegInput } from './types.js';

/** Common Instance Reference (PS3.3 C.12.2): every instance that a frame refers to, by series. */
export function referencedSeries({ sources, frames }: SegInput): DicomJson {
  const referenced = new Set(frames.map((frame) => sources[frame.sourceIndex]!));
  const bySeries = new Map<string, DicomJson[]>();
  for (const source of referenced) {
    const seriesUid = stringOf(source, TAG.SeriesInstanceUID)!;
    bySeries.set(seriesUid, [...(bySeries.get(seriesUid) ?? []), sopReference(source)]);
  }
  return elements({
    ReferencedSeriesSequence: [...bySeries].map(([SeriesInstanceUID, ReferencedInstanceSequence]) =>
      elements({ SeriesInstanceUID, ReferencedInstanceSequence }),
    ),
  });
}
