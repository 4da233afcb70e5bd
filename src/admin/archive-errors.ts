import type { ErrorCode } from '../core/index.js';

/** What an endpoint may answer that asks the archive. */
export const ARCHIVE_ERRORS = [
  'ARCHIVE_UNREACHABLE',
  'ARCHIVE_REFUSED',
  'ARCHIVE_DENIED',
  'ARCHIVE_BAD_ANSWER',
] as const satisfies readonly ErrorCode[];
