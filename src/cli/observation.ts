import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { openSilentFeed, startWebhooks } from '../notify/index.js';
import type { Settings } from '../config/index.js';
import type { Observation } from '../dicomweb/index.js';
import type { ArchiveWatch } from '../archive/index.js';
import { type IntakeWatch, repeat } from '../intake/index.js';
import {
  type Ledger,
  openEventStream,
  openLedger,
  type StudyQueue,
  warnOfUnreadable,
} from '../store/index.js';
import {
  correlationHeaders,
  countArchiveRequests,
  countStudies,
  measureQueue,
  metricsRoute,
  noteModel,
  noteStage,
  observedLedger,
  type Observer,
  observeRequest,
  publishChanges,
  watchIntake,
} from '../telemetry/index.js';
import type { EngineWatch } from '../model/index.js';
import { VERSION } from './project.js';

const FEED_CHECK_MS = 60_000;
const DISPATCH_MS = 1000;

/** What both roles watch in the same way. */
export function archiveWatch({ metrics }: Observer): ArchiveWatch {
  return { headers: correlationHeaders, ended: countArchiveRequests(metrics) };
}

/** A worker's ledger: what ends there is counted there. */
export function workerLedger(redis: Redis, settings: Settings, { metrics }: Observer, log: Logger): Ledger {
  const publish = publishChanges(openEventStream(redis, settings));
  const ledger = openLedger(redis, settings.redis, warnOfUnreadable(log));
  return observedLedger(ledger, [countStudies(metrics), publish], log);
}

/** What the engines of a worker's slots tell. */
export function engineWatch({ metrics }: Observer): EngineWatch {
  return {
    loaded(model) {
      metrics.modelInfo.reset();
      noteModel(metrics, model);
    },
    restarted: () => metrics.engineRestarts.inc(),
    took(timing) {
      noteStage('decode', timing.decode);
      noteStage('infer', timing.infer);
    },
  };
}

/** The gateway's side: its ledgers, its intake, its requests, and what runs by itself. */
export function observeGateway(parts: { settings: Settings; observer: Observer; log: Logger }) {
  const { settings, observer, log } = parts;
  const { metrics } = observer;
  const onUnreadable = warnOfUnreadable(log);
  const feedOn = (redis: Redis) =>
    openSilentFeed({ redis, settings, events: openEventStream(redis, settings), metrics, log });
  const ledgerOn = (redis: Redis): Ledger =>
    observedLedger(
      openLedger(redis, settings.redis, onUnreadable),
      [publishChanges(openEventStream(redis, settings))],
      log,
    );
  return {
    ledgerOn,
    intakeOn: (redis: Redis): IntakeWatch => watchIntake(observer, feedOn(redis)),
    requests: {
      request: observeRequest(observer),
      metrics: metricsRoute(metrics, settings.metrics),
    } satisfies Observation,

    /** Starts the silent-feed alert and the webhooks, and measures the queue. @returns how to stop them */
    start({ prompt, patient, queue }: { prompt: Redis; patient: Redis; queue: StudyQueue }) {
      const measured = measureQueue(metrics, { redis: prompt, settings, queue });
      const feed = feedOn(patient);
      const webhooks = startWebhooks({
        redis: patient,
        settings,
        events: openEventStream(patient, settings),
        ledger: openLedger(patient, settings.redis, onUnreadable),
        metrics,
        version: VERSION,
        log,
      });
      const running = [
        repeat('silent-feed', FEED_CHECK_MS, () => feed.check(), log),
        repeat('webhooks', DISPATCH_MS, () => webhooks.dispatch(), log),
      ];
      return async () => {
        await Promise.all(running.map((task) => task.stop()));
        await Promise.all([webhooks.close(), measured.close()]);
      };
    },
  };
}
