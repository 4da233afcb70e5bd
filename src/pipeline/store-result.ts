import { AppError } from '../core/index.js';
import type { Archive } from '../archive/index.js';
import { contentSha256, type ResultContent } from '../objects/index.js';
import { timed } from '../telemetry/index.js';
import { readResult } from './read-result.js';
import { requireSources, takeBack, type UnitSources } from './sources-there.js';
import { compareResult, verifyResult, type ExpectedResult } from './verify-result.js';

/** How a result came to be in the archive. */
export interface StoredResult {
  readonly sent: boolean;
  /** SHA-256 of its content as the archive returns it, by which it is known again. */
  readonly sha256: string;
}

const TAKEN_BACK: ReadonlySet<string> = new Set(['SOURCES_GONE', 'SOURCES_CHANGED']);

/**
 * Stores a SEG or report and reads it back. An object with this UID that is already there is compared, masks and patient
 * too, and not sent again: its UID is derived from what it was made of, so this is a run repeated, and archives keep the
 * first bytes anyway. Nothing is stored for sources that the archive has no more, or has changed: they are looked for just
 * before, and once more when the result is there; it is then taken back.
 * @param known `sha256` of what an earlier run stored and read back, for the masks of another machine may differ by rounding;
 *   `present`: what the archive has under these UIDs, where it was asked already
 * @throws AppError `STORE_FAILED`, `STORE_UNVERIFIED`, `STORE_CONFLICT`, `SOURCES_GONE`, `SOURCES_CHANGED`
 */
export async function storeResult(
  archive: Pick<Archive, 'dicomweb' | 'orthanc'>,
  expected: ExpectedResult,
  bytes: Uint8Array,
  sourcesRead: UnitSources,
  known: {
    readonly sha256?: string | undefined;
    readonly present?: Promise<ResultContent | undefined>;
  } = {},
): Promise<StoredResult> {
  const { dicomweb } = archive;
  const { path, content } = expected;
  // Looked for while the archive is asked for the result: one wait instead of two before every object that is sent.
  const sources = requireSources(archive, sourcesRead);
  sources.catch(() => undefined);
  const present = await (known.present ?? readResult(dicomweb, path));
  if (present) {
    const sha256 = contentSha256(present);
    if (sha256 !== known.sha256) compareResult(present, content);
    return { sent: false, sha256 };
  }
  await sources;
  const { failed } = await timed('store', () => dicomweb.store(path.study, [bytes]));
  if (failed.length > 0)
    throw new AppError('STORE_FAILED', `The archive refused the result: ${failed[0]!.reason}`);
  // An answer that names neither success nor failure is settled by reading back.
  const found = await timed('verify', () => verifyResult(dicomweb, expected));
  try {
    await requireSources(archive, sourcesRead);
  } catch (error) {
    if (!(error instanceof AppError) || !TAKEN_BACK.has(error.code)) throw error;
    throw await takeBack(archive, path, error);
  }
  return { sent: true, sha256: contentSha256(found) };
}
