import { AppError } from '../core/index.js';
import { type DicomJson, itemsOf, numberOf, stringOf, TAG } from '../dicom/index.js';

/** What the archive said of each instance (PS3.18 §10.5.3, Annex I). */
export interface StowResult {
  readonly stored: readonly string[];
  readonly failed: readonly { readonly instance: string; readonly reason: string }[];
}

/** Failure reasons in words (PS3.18 Table I.2-2 and PS3.4). */
const REASONS: Readonly<Record<number, string>> = {
  0x0110: 'processing failure',
  0x0111: 'duplicate SOP instance',
  0x0112: 'no such SOP instance',
  0x0117: 'invalid SOP instance',
  0x0122: 'SOP class not supported',
  0xa700: 'out of resources',
  0xa900: 'data set does not match SOP class',
  0xc000: 'cannot understand',
};

/**
 * Reads a Store Instances Response module. HTTP 200 with both sequences empty, as Orthanc answers to a body cut
 * off, gives an empty result: the caller must look for its instance.
 * @throws AppError `ARCHIVE_BAD_ANSWER`
 */
export function readStowResponse(answer: unknown): StowResult {
  const dataset = (Array.isArray(answer) ? answer[0] : answer) as DicomJson | undefined;
  if (dataset === undefined || typeof dataset !== 'object' || dataset === null) {
    throw new AppError('ARCHIVE_BAD_ANSWER', 'STOW: the answer is not a data set');
  }
  return {
    stored: itemsOf(dataset, TAG.ReferencedSOPSequence).flatMap((item) => {
      const uid = stringOf(item, TAG.ReferencedSOPInstanceUID);
      return uid === undefined ? [] : [uid];
    }),
    failed: itemsOf(dataset, TAG.FailedSOPSequence).map((item) => {
      const reason = numberOf(item, TAG.FailureReason) ?? 0;
      return {
        instance: stringOf(item, TAG.ReferencedSOPInstanceUID) ?? '',
        reason: `${REASONS[reason] ?? 'failure'} (${reason.toString(16).padStart(4, '0').toUpperCase()}H)`,
      };
    }),
  };
}
