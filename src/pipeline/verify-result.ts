import { AppError } from '../core/index.js';
import { type DicomJson, numberOf, stringOf, TAG } from '../dicom/index.js';
import type { DicomwebClient, InstancePath } from '../archive/index.js';

/** What the archive must return for a SEG or report of ours. */
export interface ExpectedResult {
  readonly path: InstancePath;
  readonly sopClassUid: string;
  /** Size of a SEG; a report has none. */
  readonly rows?: number;
  readonly columns?: number;
  readonly frames?: number;
}

const TRIES = 5;
const WAIT_MS = 300;

/**
 * Reads a result back and compares it with what was sent: a success is only what the archive returns.
 * @throws AppError `STORE_UNVERIFIED` when it is not returned, `STORE_CONFLICT` when it is another object
 */
export async function verifyResult(dicomweb: DicomwebClient, expected: ExpectedResult): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const metadata = await dicomweb.instanceMetadata(expected.path);
    if (metadata) return compareResult(metadata, expected);
    // An archive may index after it has answered.
    if (attempt === TRIES) {
      throw new AppError('STORE_UNVERIFIED', `The archive does not return the result after ${TRIES} tries`);
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS * attempt));
  }
}

/** Compares the metadata of a result in the archive with what we sent. @throws AppError `STORE_CONFLICT` */
export function compareResult(metadata: DicomJson, expected: ExpectedResult): void {
  const pairs: [string, unknown, unknown][] = [
    ['SOPClassUID', stringOf(metadata, TAG.SOPClassUID), expected.sopClassUid],
    ['SOPInstanceUID', stringOf(metadata, TAG.SOPInstanceUID), expected.path.instance],
    ['SeriesInstanceUID', stringOf(metadata, TAG.SeriesInstanceUID), expected.path.series],
    ['StudyInstanceUID', stringOf(metadata, TAG.StudyInstanceUID), expected.path.study],
    ['Rows', numberOf(metadata, TAG.Rows), expected.rows],
    ['Columns', numberOf(metadata, TAG.Columns), expected.columns],
    ['NumberOfFrames', numberOf(metadata, TAG.NumberOfFrames), expected.frames],
  ];
  const different = pairs.filter(([, got, want]) => got !== want).map(([keyword]) => keyword);
  if (different.length > 0) {
    throw new AppError(
      'STORE_CONFLICT',
      `The result in the archive differs from ours in ${different.join(', ')}`,
    );
  }
}
