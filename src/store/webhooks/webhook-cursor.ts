import type { Redis } from 'ioredis';

/** How far webhooks were told of events; shared by all gateways. */
export interface WebhookCursor {
  /** @returns id of the last event, or undefined before the first start ever */
  read(): Promise<string | undefined>;
  /** Sets where to begin, unless another gateway has. */
  begin(id: string): Promise<void>;
  move(id: string): Promise<void>;
}

export function openWebhookCursor(redis: Redis, key: string): WebhookCursor {
  return {
    async read() {
      return (await redis.get(key)) ?? undefined;
    },
    async begin(id) {
      await redis.set(key, id, 'NX');
    },
    async move(id) {
      await redis.set(key, id);
    },
  };
}
