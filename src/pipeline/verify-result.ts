import { AppError } from '../core/index.js';
import type { DicomwebClient, InstancePath } from '../archive/index.js';
import { contentDifferences, type ResultContent } from '../objects/index.js';
import { readResult } from './read-result.js';

/** What the archive must return for a SEG or report of ours. */
export interface ExpectedResult {
  readonly path: InstancePath;
  readonly content: ResultContent;
}

const TRIES = 5;
const WAIT_MS = 300;

/**
 * Reads a result back, masks and all, and compares it with what was sent: a success is only what the archive returns.
 * @returns what the archive has
 * @throws AppError `STORE_UNVERIFIED` when it is not returned, `STORE_CONFLICT` when it is another object
 */
export async function verifyResult(
  dicomweb: DicomwebClient,
  expected: ExpectedResult,
): Promise<ResultContent> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await readResult(dicomweb, expected.path);
    if (found) {
      compareResult(found, expected.content);
      return found;
    }
    // An archive may index after it has answered.
    if (attempt === TRIES) {
      throw new AppError('STORE_UNVERIFIED', `The archive does not return the result after ${TRIES} tries`);
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS * attempt));
  }
}

/** Compares a result in the archive with ours. @throws AppError `STORE_CONFLICT` with the keywords that differ */
export function compareResult(found: ResultContent, expected: ResultContent): void {
  const different = contentDifferences(found, expected);
  if (different.length === 0) return;
  throw new AppError(
    'STORE_CONFLICT',
    `The object in the archive under the UID of our result differs from it in ${different.join(', ')}`,
  );
}
