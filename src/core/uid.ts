import { createHash } from 'node:crypto';
import { AppError } from './errors.js';

/** A DICOM unique identifier that has been checked (PS3.5 §9.1): digits and dots, at most 64 characters. */
export type Uid = string & { readonly __brand: 'Uid' };

// Real archives hold UIDs with leading zeros in a component; they are tolerated, nothing else is.
const UID_PATTERN = /^[0-9]+(\.[0-9]+)*$/;

/** Tells whether a string is a UID that is safe to place in a URL path. */
export function isUid(value: unknown): value is Uid {
  return typeof value === 'string' && value.length > 0 && value.length <= 64 && UID_PATTERN.test(value);
}

/**
 * Checks a string and brands it as UID. Everything that reaches a URL of the archive goes through here:
 * `../../system` taken for a UID would reach Orthanc's administration API.
 * @throws AppError `INVALID_UID`
 */
export function parseUid(value: unknown, what = 'UID'): Uid {
  if (isUid(value)) return value;
  throw new AppError('INVALID_UID', `${what} is not a DICOM UID (digits and dots, at most 64 characters)`);
}

/**
 * Derives a UID under 2.25 (PS3.5 Annex B.2) from parts: the same parts give the same UID on every machine.
 * @param parts strings; their order matters, and a part never runs into its neighbour.
 */
export function deriveUid(...parts: readonly string[]): Uid {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  const bytes = hash.digest().subarray(0, 16);
  // A 2.25 UID is the decimal form of a UUID: mark it as version 8 (custom), RFC 9562 variant.
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${bytes.toString('hex')}`)}` as Uid;
}
