import { AppError } from '../../../core/index.js';
import { itemsOf, TAG, type DicomJson } from '../../../dicom/index.js';

/**
 * Refuses an archive's "stored" that names no instance, neither as stored nor as failed (PS3.18 §10.5.3): nothing was
 * stored, and the sender must not take it for success.
 * @param type the answer's Content-Type
 * @throws AppError `STORE_NOTHING`
 */
export function mustNameInstances(text: string, type: string): void {
  if (/json/i.test(type) ? namedInJson(text) : namedInXml(text)) return;
  throw new AppError('STORE_NOTHING', 'The archive took the request and names no instance of it');
}

/** Failure Reason "cannot understand" (PS3.18 Annex I, C000 to CFFF). */
const CANNOT_UNDERSTAND = 0xc000;

/** A Store Instances Response (PS3.18 §10.5.3) that names one instance as failed. */
export function failedInstance(sopClassUid: string, sopInstanceUid: string): DicomJson {
  const uid = (text: string) => ({ vr: 'UI', ...(text === '' ? {} : { Value: [text] }) });
  return {
    [TAG.FailedSOPSequence]: {
      vr: 'SQ',
      Value: [
        {
          [TAG.ReferencedSOPClassUID]: uid(sopClassUid),
          [TAG.ReferencedSOPInstanceUID]: uid(sopInstanceUid),
          [TAG.FailureReason]: { vr: 'US', Value: [CANNOT_UNDERSTAND] },
        },
      ],
    },
  };
}

function namedInJson(text: string): boolean {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return false;
  }
  const dataset = (Array.isArray(answer) ? answer[0] : answer) as DicomJson | null | undefined;
  if (typeof dataset !== 'object' || dataset === null) return false;
  return [TAG.ReferencedSOPSequence, TAG.FailedSOPSequence].some((tag) => itemsOf(dataset, tag).length > 0);
}

/** PS3.19 native model: an attribute with at least one item. */
function namedInXml(text: string): boolean {
  return [TAG.ReferencedSOPSequence, TAG.FailedSOPSequence].some((tag) =>
    new RegExp(`<DicomAttribute[^>]*\\btag="${tag}"[^>/]*>\\s*<Item\\b`, 'i').test(text),
  );
}
