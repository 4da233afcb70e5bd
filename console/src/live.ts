import { signal } from '@preact/signals';
import { BASE, type StreamedEvents } from './api/index.js';

/** What the gateway tells of (GET /admin/v1/events). */
export type Topic = keyof StreamedEvents;
const TOPICS = Object.keys({
  study: true,
  queue: true,
  worker: true,
  alert: true,
} satisfies Record<Topic, true>) as Topic[];

/** Whether events come in; while they do not, pages read again every few seconds. */
export const stream = signal<'connecting' | 'streaming' | 'polling'>('connecting');

type Listener<T extends Topic> = (data: StreamedEvents[T]) => void;
const listeners = new Map<Topic, Set<(data: unknown) => void>>();
let source: EventSource | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
/** Somebody is signed in. */
let wanted = false;
const RETRY_MS = 15_000;

/** Calls back at every event of a topic. @returns ends it */
export function onEvent<T extends Topic>(topic: T, listener: Listener<T>): () => void {
  const set = listeners.get(topic) ?? new Set();
  const take = listener as (data: unknown) => void;
  listeners.set(topic, set.add(take));
  return () => void set.delete(take);
}

/**
 * Opens the one stream of the page and keeps it open as long as the page can be seen: browsers allow six connections
 * to a server, and forgotten tabs would use them up.
 */
export function openStream(): void {
  wanted = true;
  connect();
}

/** Ends the stream: on signing out, and when the page goes away (Firefox reports an error otherwise). */
export function closeStream(): void {
  wanted = false;
  disconnect();
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') connect();
  else disconnect();
});

function connect(): void {
  if (source || !wanted || document.visibilityState !== 'visible') return;
  source = new EventSource(`${BASE}/events`);
  source.onopen = () => (stream.value = 'streaming');
  source.onerror = () => {
    stream.value = 'polling';
    // The browser tries again by itself unless the answer was an error.
    if (source?.readyState === EventSource.CLOSED) {
      disconnect();
      retry = setTimeout(connect, RETRY_MS);
    }
  };
  for (const topic of TOPICS) {
    source.addEventListener(topic, (event) => {
      const data: unknown = JSON.parse((event as MessageEvent<string>).data);
      for (const listener of listeners.get(topic) ?? []) listener(data);
    });
  }
}

function disconnect(): void {
  clearTimeout(retry);
  source?.close();
  source = undefined;
  stream.value = 'polling';
}
