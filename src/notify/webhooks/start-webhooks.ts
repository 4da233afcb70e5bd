import type { Logger } from 'pino';
import type { Settings } from '../../config/index.js';
import type { Store } from '../../store/index.js';
import type { Metrics } from '../../telemetry/index.js';
import { startDeliveryWorker } from './delivery-worker.js';
import { openWebhookDispatch } from './dispatch.js';

/** The webhooks' part of a gateway that needs no request. */
export interface Webhooks {
  /** Queues deliveries for what has happened since the last call; to be called every second or so. */
  dispatch(): Promise<number>;
  close(): Promise<void>;
}

/** @param parts.store on a connection that waits for Redis; deliveries begin at once */
export function startWebhooks(dependencies: {
  store: Store;
  settings: Pick<Settings, 'webhooks'>;
  metrics: Metrics;
  version: string;
  log: Logger;
}): Webhooks {
  const dispatch = openWebhookDispatch(dependencies.store);
  const worker = startDeliveryWorker(dependencies);
  return { dispatch: () => dispatch.run(), close: () => worker.close() };
}
