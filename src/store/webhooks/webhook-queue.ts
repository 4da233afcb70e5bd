import type { Queue } from 'bullmq';
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
}

const RETENTION = { age: 7 * 24 * 3600, count: 5000 };

/** @param queue gives BullMQ's queue of deliveries, which is opened when it is first needed */
export function openWebhookQueue(
  queue: () => Queue<DeliveryJob>,
  settings: Settings['webhooks'],
  deliveries: DeliveryLog,
): WebhookQueue {
  return {
    async add(id, job) {
      if ((await deliveries.find(job.webhookId, id)) === undefined) {
        const now = new Date().toISOString();
        const first = { event: job.event, createdAt: now, updatedAt: now, attempts: 0 };
        await deliveries.note(job.webhookId, { id, ...first, state: 'waiting' });
      }
      await queue().add('deliver', job, {
        jobId: id,
        attempts: job.test ? 1 : settings.attempts,
        backoff: { type: 'exponential', delay: settings.backoffSeconds * 1000 },
        removeOnComplete: RETENTION,
        removeOnFail: RETENTION,
      });
    },
  };
}
