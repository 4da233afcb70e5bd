import type { Answer } from '../doctor/proxy.js';

/** How an archive gives less of a list than it is asked for. */
export interface PageCap {
  readonly rows: number;
  /** Says so (PS3.18 §8.3.4.4); many do not. */
  readonly warns: boolean;
  readonly ignoresOffset?: boolean;
}

/** A proxy that makes an archive give at most so many rows of a QIDO-RS list. */
export const pageCap =
  ({ rows, warns, ignoresOffset = false }: PageCap): Answer =>
  (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '', 'http://archive');
    if (incoming.method !== 'GET' || !/\/(studies|instances)$/.test(url.pathname)) return false;
    url.searchParams.set('limit', String(rows));
    if (ignoresOffset) url.searchParams.delete('offset');
    if (warns)
      outgoing.setHeader('Warning', '299 archive "There are additional results that can be requested"');
    incoming.url = `${url.pathname}${url.search}`;
    return false;
  };
