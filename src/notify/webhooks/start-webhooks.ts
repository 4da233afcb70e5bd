import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Settings } from '../../config/index.js';
import {
  type EventStream,
  type Ledger,
  openDeliveryLog,
  openWebhookQueue,
  openWebhookStore,
} from '../../store/index.js';
import type { Metrics } from '../../telemetry/index.js';
import { startDeliveryWorker } from './delivery-worker.js';
import { openWebhookDispatch } from './dispatch.js';

/** The webhooks' part of a gateway that needs no request. */
export interface Webhooks {
  /** Queues deliveries for what has happened since the last call; to be called every second or so. */
  dispatch(): Promise<number>;
  close(): Promise<void>;
}

/** @param redis a connection that waits for Redis; deliveries begin at once */
export function startWebhooks(parts: {
  redis: Redis;
  settings: Settings;
  events: EventStream;
  ledger: Ledger;
  metrics: Metrics;
  version: string;
  log: Logger;
}): Webhooks {
  const { redis, settings, events, ledger, metrics, version, log } = parts;
  const { prefix } = settings.redis;
  const webhooks = openWebhookStore(redis, prefix);
  const deliveries = openDeliveryLog(redis, prefix);
  const queue = openWebhookQueue(redis, settings, deliveries);
  const dispatch = openWebhookDispatch({ redis, prefix, events, webhooks, queue, ledger });
  const worker = startDeliveryWorker({
    connection: redis,
    settings,
    webhooks,
    deliveries,
    metrics,
    version,
    log,
  });
  return {
    dispatch: () => dispatch.run(),
    async close() {
      await worker.close();
      await queue.close();
    },
  };
}
