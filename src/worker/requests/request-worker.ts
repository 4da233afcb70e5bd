import { randomUUID } from 'node:crypto';
import { Worker, type Job } from 'bullmq';
import type { Logger } from 'pino';
import { type Explanation, parseRoutingRules, type RoutingInForce } from '../../routing/index.js';
import {
  asQueueError,
  guardWorker,
  REQUEST_QUEUE,
  type Store,
  type Verification,
  type WorkerAnswer,
  type WorkerRequest,
  workerRequestSchema,
} from '../../store/index.js';
import { AppError, toAppError } from '../../core/index.js';
import type { SlotContext } from '../../pipeline/index.js';
import type { EngineClient } from '../../model/index.js';
import { explainStudy } from './explain-study.js';
import type { ModelSwitch } from '../slots/model-switch.js';
import { openSpareEngine } from '../slots/spare-engine.js';
import { verifyModel } from './verify-model.js';

/** Answers what is asked of a worker besides its studies. */
export interface RequestWorker {
  close(): Promise<void>;
}

export interface RequestWorkerDependencies {
  /** Of its caller's, on a connection that waits for Redis. */
  readonly store: Pick<Store, 'ledger' | 'answering' | 'server' | 'worker'>;
  /** Everything of a slot but its engine. */
  readonly context: Omit<SlotContext, 'engine'>;
  readonly routing: RoutingInForce;
  readonly models: Pick<ModelSwitch, 'current' | 'find'>;
  readonly openEngine: (manifestPath: string) => EngineClient;
  readonly log: Logger;
}

const ANNOUNCE_MS = 5000;
const IDLE_MS = 60_000;

/**
 * Starts answering: one request at a time, with an engine of its own, so that no study waits for one.
 */
export function startRequestWorker(dependencies: RequestWorkerDependencies): RequestWorker {
  const { store, log } = dependencies;
  const spare = openSpareEngine(dependencies.openEngine, IDLE_MS);
  // A model on trial is not kept.
  const trial = openSpareEngine(dependencies.openEngine, 0);
  let stopping = false;

  async function run(job: Job): Promise<WorkerAnswer> {
    try {
      const request = workerRequestSchema.parse(job.data);
      return { ok: true, result: await answer(request) };
    } catch (thrown) {
      const { code, message } = toAppError(asQueueError(thrown));
      log.warn({ kind: job.name, code, detail: message }, 'request not answered');
      return { ok: false, code, message };
    }
  }

  const answer = (request: WorkerRequest): Promise<Explanation | Verification> =>
    request.kind === 'verify' ? verify(request.modelId) : explain(request);

  async function verify(id: string): Promise<Verification> {
    const model = await dependencies.models.find(id).catch(() => undefined);
    if (!model) throw new AppError('NOT_FOUND', 'The worker does not have this model in its model.directory');
    const { manifestPath } = model;
    const found = await trial.with(manifestPath, (engine) => verifyModel(manifestPath, engine));
    // What failed because the engine was taken away says nothing of the model.
    if (stopping) throw new AppError('NO_WORKER', 'The worker was stopped meanwhile');
    return found;
  }

  async function explain(request: Extract<WorkerRequest, { kind: 'explain' }>): Promise<Explanation> {
    const { version, modalities } = await rulesFor(request.rules);
    const model = await dependencies.models.current();
    const study = request.studyInstanceUid;
    const previous = (await store.ledger.record(study))?.fingerprint;
    return spare.with(model.manifestPath, (engine) =>
      explainStudy(
        study,
        { ...dependencies.context, modalities, engine, lastAttempt: true, note: async () => undefined },
        { modelId: model.id, rulesVersion: version, previous },
      ),
    );
  }

  async function rulesFor(text: string | undefined) {
    const inForce = await dependencies.routing.current();
    if (text === undefined) return inForce;
    const parsed = parseRoutingRules(text);
    if ('problems' in parsed) throw new AppError('INVALID_REQUEST', 'The rules given are not valid');
    return { version: null, modalities: { ...inForce.modalities, routing: parsed.rules } };
  }

  const worker = new Worker(REQUEST_QUEUE, run, {
    ...store.worker,
    concurrency: 1,
    // Nobody waits any more for a request whose worker has died.
    maxStalledCount: 0,
  });
  guardWorker(worker, store.server, log, REQUEST_QUEUE);

  const name = randomUUID();
  const announce = () => {
    // While Redis is away commands would pile up on a connection that waits.
    if (store.server.isReady()) store.answering.announce(name).catch(() => undefined);
  };
  announce();
  const timer = setInterval(announce, ANNOUNCE_MS);

  return {
    async close() {
      clearInterval(timer);
      if (store.server.isReady()) await store.answering.leave(name).catch(() => undefined);
      stopping = true;
      await worker.pause(true);
      // The one who asked is told; studies are what a stop waits for.
      await Promise.all([spare.close(), trial.close()]);
      await worker.close();
    },
  };
}
