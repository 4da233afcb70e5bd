import { Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Settings } from '../../config/index.js';
import type { Metrics } from '../../telemetry/index.js';
import { deliveryJob, type DeliveryLog, WEBHOOK_QUEUE, type WebhookStore } from '../../store/index.js';
import { sendDelivery, type Sent } from './send-delivery.js';

/** One slow receiver must not hold up the others. */
const AT_A_TIME = 8;

/**
 * Delivers what is queued; in every gateway.
 * @param connection of its own: a worker blocks it while waiting for jobs
 */
export function startDeliveryWorker(parts: {
  connection: Redis;
  settings: Pick<Settings, 'redis' | 'webhooks'>;
  webhooks: WebhookStore;
  deliveries: DeliveryLog;
  metrics: Metrics;
  version: string;
  log: Logger;
}): { close(): Promise<void> } {
  const { connection, settings, webhooks, deliveries, metrics, log } = parts;

  async function run(job: Job): Promise<void> {
    const { webhookId, event, body, test } = deliveryJob.parse(job.data);
    const id = String(job.id);
    const webhook = await webhooks.get(webhookId);
    // Removed or switched off meanwhile: nobody wants it any more.
    if (!webhook || (!webhook.active && !test)) return;
    const timeoutMs = settings.webhooks.timeoutSeconds * 1000;
    const sent = await sendDelivery(webhook, { id, event, body }, timeoutMs, `esp-medsam/${parts.version}`);
    const attempts = job.attemptsMade + 1;
    const last = attempts >= (job.opts.attempts ?? 1);
    metrics.webhookDeliveries.inc({ result: sent.ok ? 'delivered' : last ? 'failed' : 'retried' });
    await note(webhookId, { id, event, attempts, last, queuedAt: job.timestamp }, sent);
    if (sent.ok) return;
    log.warn({ webhook: webhookId, event, attempts, last, error: sent.error }, 'webhook not delivered');
    throw new Error(sent.error);
  }

  async function note(
    webhookId: string,
    delivery: { id: string; event: string; attempts: number; last: boolean; queuedAt: number },
    { ok, status, error, milliseconds }: Sent,
  ): Promise<void> {
    const { id, event, attempts, last, queuedAt } = delivery;
    const known = await deliveries.find(webhookId, id);
    await deliveries.note(webhookId, {
      id,
      event,
      createdAt: known?.createdAt ?? new Date(queuedAt).toISOString(),
      updatedAt: new Date().toISOString(),
      state: ok ? 'delivered' : last ? 'failed' : 'retrying',
      attempts,
      status,
      error,
      milliseconds,
    });
  }

  const worker = new Worker(WEBHOOK_QUEUE, run, {
    connection,
    prefix: settings.redis.prefix,
    concurrency: AT_A_TIME,
  });
  worker.on('error', (error) => log.warn({ kind: error.name }, 'webhook queue connection'));
  return { close: () => worker.close() };
}
