import type { Request } from 'express';
import type { Logger } from 'pino';
import { type Access, withScope } from '../access/index.js';
import { openDriftWatch, openSilentFeed, startWebhooks } from '../notify/index.js';
import { isOpen, isSurfaceOpen, type Settings } from '../config/index.js';
import type { Observation } from '../dicomweb/index.js';
import type { ArchiveHooks } from '../archive/index.js';
import { type IntakeHooks, repeat } from '../intake/index.js';
import type { Store } from '../store/index.js';
import {
  correlationHeaders,
  countArchiveRequests,
  measureQueue,
  metricsRoute,
  recordModel,
  recordStage,
  type Telemetry,
  traceRequest,
  intakeHooks,
} from '../telemetry/index.js';
import type { EngineHooks, MemoryAnswer } from '../model/index.js';
import { VERSION } from './project.js';

const FEED_CHECK_MS = 60_000;
const DISPATCH_MS = 1000;
const DRIFT_CHECK_MS = 5 * 60_000;

/** What both roles watch in the same way. */
export function archiveHooks({ metrics }: Telemetry): ArchiveHooks {
  return { headers: correlationHeaders, ended: countArchiveRequests(metrics) };
}

/** What is logged when memory did not suffice; a refusal is in the log as the study's failure. */
const MEMORY_LINES: Readonly<Record<Exclude<MemoryAnswer, 'refused'>, string>> = {
  halved: 'memory does not suffice for a batch: smaller ones from now on',
  cpu: 'the memory of the GPU does not suffice: the CPU goes on until the engine starts anew',
};

/** What the engines of a worker's slots tell. */
export function engineHooks({ metrics }: Telemetry, log: Logger): EngineHooks {
  // An increase is only seen of what has been 0.
  for (const answer of ['halved', 'cpu', 'refused']) metrics.engineOutOfMemory.inc({ answer }, 0);
  return {
    loaded(model) {
      metrics.modelInfo.reset();
      recordModel(metrics, model);
    },
    restarted: () => metrics.engineRestarts.inc(),
    outOfMemory(answer, state) {
      metrics.engineOutOfMemory.inc({ answer });
      if (answer !== 'refused') log[answer === 'cpu' ? 'warn' : 'info'](state, MEMORY_LINES[answer]);
    },
    took(timing) {
      recordStage('decode', timing.decode);
      recordStage('infer', timing.infer);
    },
  };
}

/** The gateway's side: its intake, its requests, and what runs by itself. */
export function gatewayTelemetry(dependencies: {
  settings: Settings;
  telemetry: Telemetry;
  access: Access;
  log: Logger;
}) {
  const { settings, telemetry, access, log } = dependencies;
  // Where nobody signs in, metrics are for this machine only all the same: not for what a proxy hands on.
  const mayReadMetrics = async (req: Request): Promise<boolean> => {
    if (isSurfaceOpen(settings, 'metrics')) return true;
    // Where nobody signs in, metrics are for this machine only all the same: not for what a proxy hands on.
    if (isOpen(settings)) return false;
    const caller = await access.identify(req);
    if (caller && settings.metrics.token !== '') withScope(caller, 'metrics');
    return caller?.scopes.has('metrics') ?? false;
  };
  const { metrics } = telemetry;
  const feedOf = (store: Store) => openSilentFeed({ store, settings, metrics, log });
  return {
    intakeOf: (store: Store): IntakeHooks => intakeHooks(telemetry, feedOf(store)),
    requests: {
      request: traceRequest(telemetry),
      metrics: metricsRoute(metrics, settings.metrics, mayReadMetrics),
    } satisfies Observation,

    /** Starts the alerts and the webhooks, and measures the queue. @returns how to stop them */
    start({ failFast, waiting }: { failFast: Store; waiting: Store }) {
      measureQueue(metrics, failFast);
      const feed = feedOf(waiting);
      const drift = openDriftWatch({ store: waiting, settings, metrics, log });
      const webhooks = startWebhooks({ store: waiting, settings, metrics, version: VERSION, log });
      const running = [
        repeat('silent-feed', FEED_CHECK_MS, () => feed.check(), log),
        repeat('drift', DRIFT_CHECK_MS, () => drift.check(), log),
        repeat('webhooks', DISPATCH_MS, () => webhooks.dispatch(), log),
      ];
      return async () => {
        await Promise.all(running.map((task) => task.stop()));
        await webhooks.close();
      };
    },
  };
}
