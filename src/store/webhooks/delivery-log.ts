import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { StoreKeys } from '../keys.js';
import { NOTE_DELIVERY } from '../scripts/note-delivery.js';
import { runScript } from '../scripts/script.js';

export const deliverySchema = z.object({
  id: z.string().describe('sent as `webhook-id`; the same for every try'),
  event: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  state: z.enum(['waiting', 'retrying', 'delivered', 'failed']).describe('retrying: another try follows'),
  attempts: z.int().describe('tries so far'),
  status: z.int().optional().describe('HTTP status of the last answer'),
  error: z.string().optional().describe('why the last try did not count'),
  milliseconds: z.int().optional().describe('until the last answer'),
});

/** What became of a delivery. */
export type Delivery = z.infer<typeof deliverySchema>;

/** The last deliveries of each webhook. */
export interface DeliveryLog {
  note(webhookId: string, delivery: Delivery): Promise<void>;
  find(webhookId: string, id: string): Promise<Delivery | undefined>;
  /** Newest first. */
  list(webhookId: string, limit: number): Promise<Delivery[]>;
  forget(webhookId: string): Promise<void>;
}

/** Deliveries kept, each webhook. */
export const MAX_DELIVERIES = 100;

/** Two keys a webhook: ids by time, and JSON by id. */
export function openDeliveryLog(redis: Redis, keys: StoreKeys['webhooks']): DeliveryLog {
  const { order, deliveries: entries } = keys;
  const read = (text: string | null) => (text === null ? [] : [deliverySchema.parse(JSON.parse(text))]);
  return {
    async note(webhookId, delivery) {
      const time = Date.parse(delivery.createdAt);
      const names = [order(webhookId), entries(webhookId)] as const;
      const text = JSON.stringify(delivery);
      await runScript(redis, NOTE_DELIVERY, names, delivery.id, text, time, MAX_DELIVERIES);
    },
    async find(webhookId, id) {
      return read(await redis.hget(entries(webhookId), id))[0];
    },
    async list(webhookId, limit) {
      const ids = await redis.zrevrange(order(webhookId), 0, limit - 1);
      if (ids.length === 0) return [];
      return (await redis.hmget(entries(webhookId), ...ids)).flatMap(read);
    },
    async forget(webhookId) {
      await redis.del(order(webhookId), entries(webhookId));
    },
  };
}
