import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { REQUEST_QUEUE } from '../requests/protocol.js';
import { WEBHOOK_QUEUE } from '../webhooks/webhook-queue.js';
import { STUDY_QUEUE } from './study-queue.js';

/** BullMQ's queues on one connection, each opened when it is first needed. */
export interface BullQueues {
  open(name: string): Queue;
  /** All of ours, for a view of their insides. */
  all(): Queue[];
  close(): Promise<void>;
}

/** @param prefix of BullMQ's keys, the same as of ours */
export function openBullQueues(redis: Redis, prefix: string): BullQueues {
  const opened = new Map<string, Queue>();
  function open(name: string): Queue {
    const known = opened.get(name);
    if (known) return known;
    const queue = new Queue(name, { connection: redis, prefix });
    // Without a listener BullMQ prints each failed reconnect, as ioredis does; see `connectRedis`.
    queue.on('error', () => undefined);
    opened.set(name, queue);
    return queue;
  }
  return {
    open,
    all: () => [STUDY_QUEUE, REQUEST_QUEUE, WEBHOOK_QUEUE].map(open),
    async close() {
      await Promise.all([...opened.values()].map((queue) => queue.close()));
    },
  };
}
