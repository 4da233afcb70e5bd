import type { DicomJson } from '../../../dicom/index.js';
import type { Uid } from '../../../core/index.js';

/** Together they may take so much memory. */
const BYTES_KEPT = 64 * 2 ** 20;
/** Long enough to go through a study's frames; what is deleted from the archive is not shown for longer. */
const KEPT_MS = 120_000;
/** A header as objects takes several times the space of its text. */
const HEADER_FACTOR = 8;

/** What a mask is read from. */
export interface SegContent {
  readonly header: DicomJson;
  /** Pixel Data, uncompressed. */
  readonly pixels: Uint8Array;
}

/** SEGs that were looked at lately. A SEG's UID is derived from its content, so an entry is never out of date. */
export interface SegCache {
  /**
   * The SEG, fetched once for all who ask for it at about the same time. What is absent or fails is not kept.
   * @throws what `fetch` throws
   */
  get(instance: Uid, fetch: () => Promise<SegContent | undefined>): Promise<SegContent | undefined>;
}

interface Entry {
  readonly content: Promise<SegContent | undefined>;
  readonly since: number;
  /** Nothing while it is being fetched. */
  bytes: number;
}

/** @param now ms of any clock that does not go back */
export function openSegCache(bytesKept = BYTES_KEPT, now: () => number = () => performance.now()): SegCache {
  // In the order in which they were fetched: the oldest comes first.
  const entries = new Map<Uid, Entry>();

  function forgetOld(): void {
    let bytes = [...entries.values()].reduce((sum, entry) => sum + entry.bytes, 0);
    for (const [instance, entry] of entries) {
      if (bytes <= bytesKept && now() - entry.since < KEPT_MS) return;
      entries.delete(instance);
      bytes -= entry.bytes;
    }
  }

  return {
    async get(instance, fetch) {
      forgetOld();
      const known = entries.get(instance);
      if (known) return known.content;
      const entry: Entry = { content: fetch(), since: now(), bytes: 0 };
      entries.set(instance, entry);
      const drop = () => {
        // It may have had to go meanwhile, and been fetched again.
        if (entries.get(instance) === entry) entries.delete(instance);
      };
      const content = await entry.content.catch((error: unknown) => {
        drop();
        throw error;
      });
      if (content === undefined) drop();
      else entry.bytes = content.pixels.length + HEADER_FACTOR * JSON.stringify(content.header).length;
      forgetOld();
      return content;
    },
  };
}
