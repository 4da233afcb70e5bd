import { signal } from '@preact/signals';
import { formatAgo, formatTime } from '../format.js';

const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 5000);

/** How long ago, with the exact time on hover. */
export const Ago = ({ at }: { at: string }) => (
  <time dateTime={at} title={formatTime(at)}>
    {formatAgo(at, now.value)}
  </time>
);

export const Moment = ({ at }: { at: string }) => <time dateTime={at}>{formatTime(at)}</time>;
