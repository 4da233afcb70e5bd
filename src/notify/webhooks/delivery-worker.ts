import { Worker, type Job } from 'bullmq';
import type { Logger } from 'pino';
import type { Settings } from '../../config/index.js';
import type { Metrics } from '../../telemetry/index.js';
import { deliveryJob, guardWorker, type Store, WEBHOOK_QUEUE } from '../../store/index.js';
import { openReceivers, sendDelivery, type Sent } from './send-delivery.js';

/** One slow receiver must not hold up the others. */
const DELIVERY_CONCURRENCY = 8;

/** Delivers what is queued; in every gateway. @param store on a connection that waits for Redis */
export function startDeliveryWorker(dependencies: {
  store: Pick<Store, 'webhooks' | 'deliveries' | 'worker' | 'server'>;
  settings: Pick<Settings, 'webhooks'>;
  metrics: Metrics;
  version: string;
  log: Logger;
}): { close(): Promise<void> } {
  const { settings, metrics, log } = dependencies;
  const { webhooks, deliveries } = dependencies.store;
  const receivers = openReceivers(settings.webhooks);

  async function run(job: Job): Promise<void> {
    const { webhookId, event, body, test } = deliveryJob.parse(job.data);
    const id = String(job.id);
    const webhook = await webhooks.get(webhookId);
    // Removed or switched off meanwhile: nobody wants it any more.
    if (!webhook || (!webhook.active && !test)) return;
    const timeoutMs = settings.webhooks.timeoutSeconds * 1000;
    const sent = await sendDelivery(
      receivers,
      webhook,
      { id, event, body },
      timeoutMs,
      `esp-medsam/${dependencies.version}`,
    );
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
    ...dependencies.store.worker,
    concurrency: DELIVERY_CONCURRENCY,
  });
  guardWorker(worker, dependencies.store.server, log, WEBHOOK_QUEUE);
  return {
    async close() {
      await worker.close();
      await receivers.dispatcher.close();
    },
  };
}
