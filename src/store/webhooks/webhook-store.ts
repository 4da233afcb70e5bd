import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { AppError } from '../../core/index.js';
import { ADD_WEBHOOK } from '../scripts/add-webhook.js';
import { REPLACE_WEBHOOK } from '../scripts/replace-webhook.js';
import { runScript } from '../scripts/script.js';
import type { SecretBox } from './secret-box.js';

/** What a webhook can be told of. */
export const WEBHOOK_EVENTS = ['study.done', 'study.failed', 'alert'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

const webhookSchema = z.object({
  id: z.uuid(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  active: z.boolean(),
  /** Signs deliveries. Never leaves this software. */
  secret: z.string(),
  /** Grows with every change. */
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** Somebody who is told of events. */
export type Webhook = z.infer<typeof webhookSchema>;
export type WebhookChange = Pick<Webhook, 'url' | 'events' | 'active' | 'secret'>;

/** The webhooks that administrators have set up. */
export interface WebhookStore {
  list(): Promise<Webhook[]>;
  get(id: string): Promise<Webhook | undefined>;
  /** @throws AppError `CONFLICT` when there are as many as are allowed */
  add(webhook: WebhookChange): Promise<Webhook>;
  /**
   * @param version that is to be replaced; undefined for whatever is there
   * @throws AppError `NOT_FOUND`, `PRECONDITION_FAILED` when it was changed meanwhile
   */
  replace(id: string, version: number | undefined, change: Partial<WebhookChange>): Promise<Webhook>;
  /** @returns false when there was none */
  remove(id: string): Promise<boolean>;
}

const MAX_WEBHOOKS = 20;

/**
 * A hash of Redis, JSON by id. The secret is closed in what is listed and kept, and open in what `get` gives.
 * @param box how secrets are kept
 */
export function openWebhookStore(redis: Redis, key: string, box: SecretBox): WebhookStore {
  const read = (text: string): Webhook => webhookSchema.parse(JSON.parse(text));
  const write = (webhook: Webhook) => JSON.stringify(webhook);
  return {
    async list() {
      const all = (await redis.hvals(key)).map(read);
      return all.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
    },

    async get(id) {
      const text = await redis.hget(key, id);
      if (text === null) return undefined;
      const webhook = read(text);
      return { ...webhook, secret: box.open(webhook.secret) };
    },

    async add(change) {
      const now = new Date().toISOString();
      const secret = box.close(change.secret);
      const id = randomUUID();
      const webhook: Webhook = { ...change, secret, id, version: 1, createdAt: now, updatedAt: now };
      const added = await runScript(redis, ADD_WEBHOOK, [key], webhook.id, write(webhook), MAX_WEBHOOKS);
      if (added === 0)
        throw new AppError('CONFLICT', `There are ${MAX_WEBHOOKS} webhooks, which is the most allowed`);
      return webhook;
    },

    async replace(id, version, change) {
      const text = await redis.hget(key, id);
      if (text === null) throw new AppError('NOT_FOUND', 'There is no webhook with this id');
      const before = read(text);
      const changed = new AppError('PRECONDITION_FAILED', 'The webhook was changed meanwhile');
      if (version !== undefined && version !== before.version) throw changed;
      const secret = change.secret === undefined ? before.secret : box.close(change.secret);
      const updatedAt = new Date().toISOString();
      const next = { ...before, ...change, secret, version: before.version + 1, updatedAt };
      const done = await runScript(redis, REPLACE_WEBHOOK, [key], id, text, write(next));
      if (done === 0) throw changed;
      return next;
    },

    async remove(id) {
      return (await redis.hdel(key, id)) === 1;
    },
  };
}
