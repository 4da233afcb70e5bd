import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Settings } from '../../config/index.js';
import type { DeliveryLog } from './delivery-log.js';

/** BullMQ's name of the queue of deliveries. */
export const WEBHOOK_QUEUE = 'webhooks';

export const deliveryJob = z.strictObject({
  webhookId: z.string(),
  event: z.string(),
  /** The signed text, the same for every try. */
  body: z.string(),
  /** Asked for by an administrator: goes to an inactive webhook too, and is tried once. */
  test: z.boolean(),
});
export type DeliveryJob = z.infer<typeof deliveryJob>;

/** The way of deliveries into their queue. */
export interface WebhookQueue {
  /** Queues a delivery once, however often it is asked for with the same id. */
  add(id: string, job: DeliveryJob): Promise<void>;
  close(): Promise<void>;
}

const KEPT = { age: 7 * 24 * 3600, count: 5000 };

export function openWebhookQueue(
  redis: Redis,
  settings: Pick<Settings, 'redis' | 'webhooks'>,
  deliveries: DeliveryLog,
): WebhookQueue {
  const queue = new Queue<DeliveryJob>(WEBHOOK_QUEUE, { connection: redis, prefix: settings.redis.prefix });
  // Without a listener BullMQ prints each failed reconnect.
  queue.on('error', () => undefined);
  return {
    async add(id, job) {
      if ((await deliveries.find(job.webhookId, id)) === undefined) {
        const now = new Date().toISOString();
        const first = { event: job.event, createdAt: now, updatedAt: now, attempts: 0 };
        await deliveries.note(job.webhookId, { id, ...first, state: 'waiting' });
      }
      await queue.add('deliver', job, {
        jobId: id,
        attempts: job.test ? 1 : settings.webhooks.attempts,
        backoff: { type: 'exponential', delay: settings.webhooks.backoffSeconds * 1000 },
        removeOnComplete: KEPT,
        removeOnFail: KEPT,
      });
    },
    close: () => queue.close(),
  };
}
