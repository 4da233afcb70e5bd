import type { Logger } from 'pino';
import { problemOf } from '../../core/index.js';
import { asQueueError, type EventStream, isAfter, type KeptEvent } from '../../store/index.js';

/** How things are, by event type: sent whole to a new client and again whenever it has changed. */
export type Snapshots = Readonly<Record<'queue' | 'worker', unknown>>;

/** Somebody who listens. */
export interface EventClient {
  /** Id of the last event it has. */
  readonly since: string;
  /** Only events of this study, and none of queue and workers. */
  readonly study: string | undefined;
  /** Takes a piece of the stream's text. */
  readonly send: (text: string) => void;
}

/** Hands events from Redis to everybody who listens at this gateway. Does nothing while nobody does. */
export interface EventHub {
  /** @returns a function by which the client leaves */
  join(client: EventClient): () => void;
  readonly size: number;
}

interface Listening extends EventClient {
  at: string;
  readonly seen: Map<string, string>;
}

const BATCH = 500;

/** @param times how often Redis is asked for events and snapshots, and how often a silent stream shows life */
export function openEventHub(dependencies: {
  events: EventStream;
  snapshots: () => Promise<Snapshots>;
  log: Logger;
  times?: { eventsMs: number; snapshotsMs: number; heartbeatMs: number };
}): EventHub {
  const { events, snapshots, log } = dependencies;
  const times = dependencies.times ?? { eventsMs: 300, snapshotsMs: 2000, heartbeatMs: 15_000 };
  const clients = new Set<Listening>();
  const loops = [
    loop(times.eventsMs, sendEvents),
    loop(times.snapshotsMs, sendSnapshots),
    loop(times.heartbeatMs, async () => clients.forEach((client) => client.send(': still here\n\n'))),
  ];

  /** Runs a task again and again while somebody listens; what fails is tried again. */
  function loop(everyMs: number, task: () => Promise<void>): () => void {
    let running = false;
    return () => {
      if (running) return;
      running = true;
      const turn = async () => {
        await task().catch((error: unknown) => {
          log.debug({ code: problemOf(asQueueError(error)).title }, 'events not read');
        });
        if (clients.size === 0) running = false;
        else setTimeout(() => void turn(), everyMs).unref();
      };
      void turn();
    };
  }

  async function sendEvents(): Promise<void> {
    // The one that is furthest behind sets the start: a client that has come back catches up so.
    const start = [...clients].reduce<string | undefined>(
      (least, { at }) => (least === undefined || isAfter(least, at) ? at : least),
      undefined,
    );
    if (start === undefined) return;
    const page = await events.after(start, BATCH);
    for (const client of clients) {
      for (const event of page.events) {
        if (!isAfter(event.id, client.at) || !isFor(client, event)) continue;
        client.send(format(event.type, event.data, event.id));
      }
      if (isAfter(page.last, client.at)) client.at = page.last;
    }
  }

  async function sendSnapshots(): Promise<void> {
    if (![...clients].some(({ study }) => study === undefined)) return;
    for (const [type, value] of Object.entries(await snapshots())) {
      const text = JSON.stringify(value);
      for (const client of clients) {
        if (client.study !== undefined || client.seen.get(type) === text) continue;
        client.seen.set(type, text);
        // Without an id: a snapshot is not made up for, a new one is.
        client.send(format(type, value));
      }
    }
  }

  return {
    join(client) {
      const listening: Listening = { ...client, at: client.since, seen: new Map() };
      clients.add(listening);
      for (const start of loops) start();
      return () => void clients.delete(listening);
    },
    get size() {
      return clients.size;
    },
  };
}

function isFor(client: EventClient, event: KeptEvent): boolean {
  if (client.study === undefined) return true;
  return event.type === 'study' && event.data.studyInstanceUid === client.study;
}

/** An event as the stream's text (WHATWG HTML, Server-sent events). JSON has no line breaks. */
function format(type: string, data: unknown, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
