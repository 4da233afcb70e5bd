import { LRUCache } from 'lru-cache';
import type { DicomJson } from '../../../dicom/index.js';
import type { Uid } from '../../../core/index.js';

/** All SEGs together may take so much memory. */
const MAX_BYTES = 64 * 2 ** 20;
/** Long enough to go through a study's frames; what is deleted from the archive is not shown for longer. */
const RETENTION_MS = 120_000;
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

type Fetch = () => Promise<SegContent | undefined>;

/** @param now ms of any clock that does not go back */
export function openSegCache(maxBytes = MAX_BYTES, now: () => number = () => performance.now()): SegCache {
  const segs = new LRUCache<Uid, SegContent, Fetch>({
    maxSize: maxBytes,
    sizeCalculation: ({ header, pixels }) => pixels.length + HEADER_FACTOR * JSON.stringify(header).length,
    ttl: RETENTION_MS,
    ttlResolution: 0,
    perf: { now },
    fetchMethod: (_instance, _stale, { context }) => context(),
  });
  return { get: (instance, fetch) => segs.fetch(instance, { context: fetch }) };
}
