import { AppError } from '../core/index.js';
import type { DicomwebClient } from '../dicomweb/archive/index.js';
import { compareSeg, verifySeg, type ExpectedSeg } from './verify-seg.js';

/**
 * Stores a SEG and reads it back. An object with this UID that is already there is compared, not sent again: its
 * UID is derived from what it was made of, so this is a run repeated, and archives keep the first bytes anyway.
 * @returns whether anything was sent
 * @throws AppError `STORE_FAILED`, `STORE_UNVERIFIED`, `STORE_CONFLICT`
 */
export async function storeSeg(
  dicomweb: DicomwebClient,
  expected: ExpectedSeg,
  bytes: Uint8Array,
): Promise<'stored' | 'already-there'> {
  const present = await dicomweb.instanceMetadata(expected.path);
  if (present) {
    compareSeg(present, expected);
    return 'already-there';
  }
  const { failed } = await dicomweb.store(expected.path.study, [bytes]);
  if (failed.length > 0)
    throw new AppError('STORE_FAILED', `The archive refused the SEG: ${failed[0]!.reason}`);
  // An answer that names neither success nor failure is settled by reading back.
  await verifySeg(dicomweb, expected);
  return 'stored';
}
