import type { Redis } from 'ioredis';
import { z } from 'zod';
import { channelName, OUTCOMES } from '../../core/index.js';
import { STUDY_STATES } from '../ledger/study-record.js';

const studyChange = z.object({
  studyInstanceUid: z.string(),
  state: z.enum(STUDY_STATES),
  outcome: z.enum(OUTCOMES).optional(),
  channels: z.array(channelName),
  /** From the first signal to the result. */
  seconds: z.number().optional(),
  correlationId: z.string().optional(),
  /** A run has just ended with this outcome, as against any other change. */
  ended: z.boolean(),
});

const alert = z.object({
  alert: z.enum(['feed-silent', 'drift']),
  state: z.enum(['raised', 'cleared']),
  message: z.string(),
});

/** What a kept event says, by its type. */
export const EVENT_DATA = { study: studyChange, alert } as const;
export type StudyChange = z.infer<typeof studyChange>;
export type AlertChange = z.infer<typeof alert>;

/** An event as it is kept. */
export type KeptEvent = { readonly id: string; readonly at: string } & (
  | { readonly type: 'study'; readonly data: StudyChange }
  | { readonly type: 'alert'; readonly data: AlertChange }
);

type NewEvent = Omit<KeptEvent, 'id' | 'at'> &
  ({ type: 'study'; data: StudyChange } | { type: 'alert'; data: AlertChange });

/** Events that every process writes and every gateway reads, in one order; the oldest fall out. */
export interface EventStream {
  /** @returns the event's id */
  publish(event: NewEvent): Promise<string>;
  /** Events after an id, oldest first. `last`: how far was read, also past events that we do not understand. */
  after(id: string, limit: number): Promise<{ events: KeptEvent[]; last: string }>;
  /** Id of the newest event; `0-0` when there is none. */
  last(): Promise<string>;
}

/** The form of an event's id; Redis gives them, growing with time. */
export const EVENT_ID = /^\d{1,16}-\d{1,10}$/;

/** Whether the first id is of a later event than the second. */
export function isAfter(one: string, other: string): boolean {
  const [time = 0, count = 0] = one.split('-').map(Number);
  const [otherTime = 0, otherCount = 0] = other.split('-').map(Number);
  return time > otherTime || (time === otherTime && count > otherCount);
}

/** The events in a stream of Redis. @param keep about so many are kept */
export function openEventStream(redis: Redis, key: string, keep: number): EventStream {
  return {
    async publish({ type, data }) {
      const fields = ['type', type, 'data', JSON.stringify(data)];
      return (await redis.xadd(key, 'MAXLEN', '~', keep, '*', ...fields)) ?? '0-0';
    },
    async after(id, limit) {
      const entries = await redis.xrange(key, `(${id}`, '+', 'COUNT', limit);
      return { events: entries.flatMap(read), last: entries.at(-1)?.[0] ?? id };
    },
    async last() {
      return (await redis.xrevrange(key, '+', '-', 'COUNT', 1))[0]?.[0] ?? '0-0';
    },
  };
}

/** What another version of this software wrote and we do not understand is left out. */
function read([id, fields]: [string, string[]]): KeptEvent[] {
  const [, type, , data] = fields;
  if ((type !== 'study' && type !== 'alert') || data === undefined) return [];
  const parsed = EVENT_DATA[type].safeParse(JSON.parse(data));
  if (!parsed.success) return [];
  return [{ id, at: new Date(Number(id.split('-')[0])).toISOString(), type, data: parsed.data } as KeptEvent];
}
