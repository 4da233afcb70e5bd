import type { Response } from 'express';
import { z } from 'zod';
import { AppError, parseUid } from '../../core/index.js';
import { EVENT_DATA, EVENT_ID } from '../../store/index.js';
import type { Metrics } from '../../telemetry/index.js';
import {
  type EventClient,
  type EventHub,
  openEventHub,
  queueSnapshot,
  readSnapshots,
  workersSnapshot,
} from '../../notify/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { channelName, outcome, studyState } from '../vocabulary.js';

/** A client asks again with its credentials from time to time: those may be gone. */
const MAX_MS = 3_600_000;
/** Who does not read is not waited for. */
const MAX_UNREAD_BYTES = 1024 * 1024;
const RECONNECT_MS = 2000;

const DESCRIPTION = `Server-Sent Events. Types:

- \`study\`: state or outcome of a study changed: {studyInstanceUid, state, outcome?, channels[], seconds?, correlationId?, ended}; \`ended\` is true when a run has just ended with this outcome
- \`alert\`: {alert, state: raised|cleared, message}
- \`queue\`: {counts, paused}, at the beginning and when it has changed
- \`worker\`: {workers[]}, likewise

\`study\` and \`alert\` have ids: a client that comes back with \`Last-Event-ID\` (or \`lastEventId\`) gets what it missed, as far as it is kept (settings.events.keep). The stream ends after an hour; browsers then come back by themselves.`;

/** What a client reads from the stream: the data of an event, by its type. */
const streamedEvents = z
  .object({
    study: EVENT_DATA.study
      .extend({ state: studyState, outcome: outcome.optional(), channels: z.array(channelName) })
      .meta({ id: 'StudyChange' }),
    alert: EVENT_DATA.alert.meta({ id: 'AlertChange' }),
    queue: queueSnapshot.meta({ id: 'QueueSnapshot' }),
    worker: workersSnapshot.meta({ id: 'WorkersSnapshot' }),
  })
  .meta({ id: 'StreamedEvents', description: 'the JSON of `data:` by the type of the event' });

/** `GET /events`. */
export function eventsEndpoints(dependencies: AdminDependencies): Endpoint[] {
  const { store, settings, log, metrics } = dependencies;
  const { events } = store;
  const perCaller = new Map<string, number>();
  const hub = openEventHub({ events, snapshots: () => readSnapshots(store), log });
  return [
    endpoint({
      operationId: 'streamEvents',
      method: 'get',
      path: '/events',
      tag: 'Events',
      summary: 'What happens, as it happens',
      description: DESCRIPTION,
      scope: 'admin:read',
      query: z.strictObject({
        study: z.string().max(64).optional().describe('only what happens to this StudyInstanceUID'),
        lastEventId: z
          .string()
          .regex(EVENT_ID)
          .optional()
          .describe('id of the last event received, for clients that cannot send the header Last-Event-ID'),
      }),
      replies: {
        200: {
          description: 'a stream without end',
          contentType: 'text/event-stream',
          schema: streamedEvents,
        },
      },
      errors: ['INVALID_UID', 'TOO_MANY'],
      handle: async ({ query, actor, client: { address } }) => {
        const study = query.study === undefined ? undefined : parseUid(query.study, 'The parameter study');
        if (hub.size >= settings.events.maxClients) {
          throw new AppError('TOO_MANY', `${hub.size} event streams are open (events.maxClients)`);
        }
        // A token is shared by those who have it, so that the address tells them apart.
        const caller = `${actor.name} ${address}`;
        const own = perCaller.get(caller) ?? 0;
        if (own >= settings.events.maxPerCaller) {
          throw new AppError('TOO_MANY', `${own} event streams of yours are open (events.maxPerCaller)`);
        }
        const now = await events.last();
        return {
          status: 200,
          headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
          stream: (response) => {
            if (response.destroyed) return;
            perCaller.set(caller, (perCaller.get(caller) ?? 0) + 1);
            response.once('close', () => {
              const left = (perCaller.get(caller) ?? 1) - 1;
              if (left === 0) perCaller.delete(caller);
              else perCaller.set(caller, left);
            });
            const sent = response.req.get('last-event-id') ?? query.lastEventId;
            const since = sent !== undefined && EVENT_ID.test(sent) ? sent : now;
            streamTo(response, hub, { since, study }, { open: metrics?.eventClients });
          },
        };
      },
    }),
  ];
}

/**
 * Writes events to a response until its client leaves.
 * @param options `open`: told how many listen; `longestMs`: after which the stream ends by itself
 */
export function streamTo(
  response: Response,
  hub: EventHub,
  client: Pick<EventClient, 'since' | 'study'>,
  options: { open?: Pick<Metrics['eventClients'], 'set'> | undefined; longestMs?: number } = {},
): void {
  // Who has left while the newest event was looked for closes no more, and would be listed for ever.
  if (response.destroyed) return;
  response.write(`retry: ${RECONNECT_MS}\n\n`);
  const leave = hub.join({
    ...client,
    send: (text) => {
      if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
      else response.write(text);
    },
  });
  options.open?.set(hub.size);
  const end = setTimeout(() => {
    // First: to write behind the end, while a slow client still reads, is an error that nobody would catch.
    leave();
    response.end();
  }, options.longestMs ?? MAX_MS);
  response.once('close', () => {
    clearTimeout(end);
    leave();
    options.open?.set(hub.size);
  });
}
