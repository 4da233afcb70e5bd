import { useEffect, useState } from 'preact/hooks';
import { formatNumber } from '../format.js';
import { Icon } from './icon.js';

/** Where one is in a list that the gateway gives page by page. */
export interface Paging {
  readonly cursor: string | undefined;
  readonly page: number;
  forward(next: string): void;
  back(): void;
}

/** @param key the list begins again when it changes */
export function usePaging(key: string): Paging {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  useEffect(() => setCursors([]), [key]);
  return {
    cursor: cursors.at(-1),
    page: cursors.length,
    forward: (next) => setCursors((old) => [...old, next]),
    back: () => setCursors((old) => old.slice(0, -1)),
  };
}

/** What part of the list is shown, and the way to the others. */
export function Pager({
  paging,
  next,
  total,
  shown,
  size,
  what,
}: {
  paging: Paging;
  next: string | null | undefined;
  total: number | null | undefined;
  shown: number;
  size: number;
  what: string;
}) {
  const more = next !== undefined && next !== null && next !== '';
  if (shown === 0 && paging.page === 0 && !more) return null;
  const first = paging.page * size + 1;
  const range = `${formatNumber(first)}–${formatNumber(first + shown - 1)}`;
  return (
    <nav class="pager" aria-label={`Pages of ${what}`}>
      <span role="status">
        {shown === 0 ? 'Nothing more' : range}
        {typeof total === 'number' && ` of ${formatNumber(total)}`}
      </span>
      <span class="row">
        <button type="button" class="button small" disabled={paging.page === 0} onClick={() => paging.back()}>
          <Icon name="previous" size={14} />
          Newer
        </button>
        <button
          type="button"
          class="button small"
          disabled={!more}
          onClick={() => more && paging.forward(next)}
        >
          Older
          <Icon name="next" size={14} />
        </button>
      </span>
    </nav>
  );
}
