import { type DicomJson, stringOf, TAG } from '../../dicom/index.js';
import { sopReference } from '../shared/derivation-image.js';
import { elements } from '../shared/elements.js';
import { SOP_CLASS_OF_FORM, type SegInput } from '../seg/index.js';
import type { ReportIdentity } from './report-identity.js';

/** Every object that the content refers to, by series (PS3.3 C.17.2, Hierarchical SOP Instance Reference). */
export function evidence(input: SegInput, { seg }: ReportIdentity): DicomJson {
  const bySeries = new Map<string, DicomJson[]>();
  for (const source of new Set(input.frames.map((frame) => input.sources[frame.sourceIndex]!))) {
    const series = stringOf(source, TAG.SeriesInstanceUID)!;
    bySeries.set(series, [...(bySeries.get(series) ?? []), sopReference(source)]);
  }
  const ofSeg = elements({
    ReferencedSOPClassUID: SOP_CLASS_OF_FORM[input.form],
    ReferencedSOPInstanceUID: seg.sopInstanceUid,
  });
  bySeries.set(seg.seriesInstanceUid, [ofSeg]);
  return elements({
    CurrentRequestedProcedureEvidenceSequence: elements({
      StudyInstanceUID: stringOf(input.sources[0]!, TAG.StudyInstanceUID),
      ReferencedSeriesSequence: [...bySeries].map(([SeriesInstanceUID, ReferencedSOPSequence]) =>
        elements({ SeriesInstanceUID, ReferencedSOPSequence }),
      ),
    }),
  });
}
