import { z } from 'zod';
import { isOffPeak } from '../../store/index.js';
import { drainQueue } from '../../intake/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';

const count = z.int().min(0);
const queueCounts = z
  .object({
    waiting: count.describe('for a worker, whatever their class'),
    active: count,
    delayed: count.describe('for off-peak hours or for their next try'),
    completed: count.describe('of the last seven days, at most 10000'),
    failed: count.describe('of the last thirty days, at most 10000'),
  })
  .meta({ id: 'QueueCounts' });
const queueState = z
  .object({
    counts: queueCounts,
    paused: z.boolean(),
    priorities: z
      .object({ urgent: count, normal: count, offpeak: count })
      .describe('the waiting ones by class'),
    offpeak: z.object({
      from: z.string().describe("HH:MM of the worker's clock; empty for at any time"),
      to: z.string(),
      open: z.boolean().describe('whether off-peak studies are taken now'),
    }),
  })
  .meta({ id: 'QueueState' });
const queuePaused = z.object({ paused: z.boolean() }).meta({ id: 'QueuePaused' });
const drainRequest = z
  .strictObject({ dryRun: z.boolean().describe('true: only tell how many would be taken out') })
  .meta({ id: 'DrainRequest' });
const drainResult = z.object({ dryRun: z.boolean(), studies: count }).meta({ id: 'DrainResult' });

/** The queue's state, pausing it and emptying it. */
export function queueEndpoints(dependencies: AdminDependencies): Endpoint[] {
  return [show(dependencies), pause(dependencies), resume(dependencies), drain(dependencies)];
}

function show({ store: { queue }, settings }: AdminDependencies): Endpoint {
  const { offpeakFrom: from, offpeakTo: to } = settings.queue;
  return endpoint({
    operationId: 'showQueue',
    method: 'get',
    path: '/queue',
    tag: 'queue',
    summary: 'How much waits and whether it is taken',
    scope: 'admin:read',
    replies: { 200: { description: 'the queue now', schema: queueState } },
    handle: async () => {
      const [counts, priorities, isPaused] = await Promise.all([
        queue.counts(),
        queue.countsByPriority(),
        queue.isPaused(),
      ]);
      const { waiting = 0, active = 0, delayed = 0, completed = 0, failed = 0 } = counts;
      const offpeak = { from, to, open: isOffPeak(settings.queue, new Date()) };
      return {
        status: 200,
        body: {
          counts: { waiting, active, delayed, completed, failed },
          paused: isPaused,
          priorities,
          offpeak,
        },
      };
    },
  });
}

function pause({ store: { queue } }: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'pauseQueue',
    method: 'post',
    path: '/queue/pause',
    tag: 'queue',
    summary: 'Stop taking studies',
    description:
      'Running ones are finished; arriving ones are queued. Lasts until resumed, also over restarts.',
    scope: 'admin:operate',
    replies: { 200: { description: 'paused', schema: queuePaused } },
    handle: async () => {
      await queue.pause();
      return { status: 200, body: { paused: true } };
    },
  });
}

function resume({ store: { queue } }: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'resumeQueue',
    method: 'post',
    path: '/queue/resume',
    tag: 'queue',
    summary: 'Take studies again',
    scope: 'admin:operate',
    replies: { 200: { description: 'not paused', schema: queuePaused } },
    handle: async () => {
      await queue.resume();
      return { status: 200, body: { paused: false } };
    },
  });
}

function drain(dependencies: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'drainQueue',
    method: 'post',
    path: '/queue/drain',
    tag: 'queue',
    summary: 'Take everything that waits out of the queue',
    description:
      'Studies that wait, also for off-peak hours or their next try, become cancelled; running ones are finished. Nothing is deleted: each can be reprocessed. With dryRun nothing is changed.',
    scope: 'admin:operate',
    body: drainRequest,
    replies: { 200: { description: 'done', schema: drainResult } },
    handle: async ({ body: { dryRun }, actor }) => {
      const { waiting = 0, delayed = 0 } = await dependencies.store.queue.counts();
      const studies = dryRun ? waiting + delayed : await drainQueue(dependencies.store, actor.name);
      return { status: 200, body: { dryRun, studies } };
    },
  });
}
