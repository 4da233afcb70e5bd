import { AppError } from '../core/index.js';
import type { DicomwebClient } from '../archive/index.js';
import { timed } from '../telemetry/index.js';
import { compareResult, verifyResult, type ExpectedResult } from './verify-result.js';

/**
 * Stores a SEG or report and reads it back. An object with this UID that is already there is compared, not sent again: its
 * UID is derived from what it was made of, so this is a run repeated, and archives keep the first bytes anyway.
 * @returns whether anything was sent
 * @throws AppError `STORE_FAILED`, `STORE_UNVERIFIED`, `STORE_CONFLICT`
 */
export async function storeResult(
  dicomweb: DicomwebClient,
  expected: ExpectedResult,
  bytes: Uint8Array,
): Promise<'stored' | 'already-there'> {
  const present = await dicomweb.instanceMetadata(expected.path);
  if (present) {
    compareResult(present, expected);
    return 'already-there';
  }
  const { failed } = await timed('store', () => dicomweb.store(expected.path.study, [bytes]));
  if (failed.length > 0)
    throw new AppError('STORE_FAILED', `The archive refused the result: ${failed[0]!.reason}`);
  // An answer that names neither success nor failure is settled by reading back.
  await timed('verify', () => verifyResult(dicomweb, expected));
  return 'stored';
}
