import type { Logger } from 'pino';
import type { Settings } from '../../config/index.js';
import { AppError, toAppError } from '../../core/index.js';
import { type EngineClient, type LoadedModel, readCatalogue } from '../../model/index.js';
import type { ActiveModel } from '../../store/index.js';

/** A model as the switch needs it. */
export interface ModelReference {
  readonly id: string;
  readonly manifestPath: string;
}

/** The engine of a slot, whose model can be exchanged between two studies. */
export interface SlotEngine extends EngineClient {
  readonly modelId: () => string;
  /** What was loaded last, with the provider in use by now; undefined before the first time. */
  readonly model: () => LoadedModel | undefined;
  /**
   * Loads another model beside the present one, then lets go of that.
   * @throws AppError when it cannot be loaded; the present one stays
   */
  exchange(model: ModelReference): Promise<void>;
}

/** @param open opens the engine of a manifest */
export function openSlotEngine(
  open: (manifestPath: string) => EngineClient,
  first: ModelReference,
): SlotEngine {
  let engine = open(first.manifestPath);
  let reference = first;
  let loaded: LoadedModel | undefined;
  return {
    load: async () => (loaded = await engine.load()),
    decode: (frame) => engine.decode(frame),
    detect: (picture) => engine.detect(picture),
    segment: (picture, channel) => engine.segment(picture, channel),
    state: () => engine.state(),
    pid: () => engine.pid(),
    close: () => engine.close(),
    modelId: () => reference.id,
    model: () => loaded && { ...loaded, provider: engine.state()?.provider ?? loaded.provider },
    async exchange(wanted) {
      const next = open(wanted.manifestPath);
      try {
        loaded = await next.load();
      } catch (error) {
        await next.close();
        throw error;
      }
      const former = engine;
      engine = next;
      reference = wanted;
      await former.close();
    },
  };
}

/** Keeps slots at the model that the administrator has made active. */
export interface ModelSwitch {
  /**
   * Opens the engines of a worker with the active model, or with the configured one when that cannot be used.
   * @throws AppError when the configured model cannot be loaded
   */
  start(open: (manifestPath: string) => EngineClient, slots: number): Promise<SlotEngine[]>;
  /** Where the active model lies. @throws AppError `MODEL_INVALID` when it is not on this machine */
  current(): Promise<ModelReference>;
  /** Where a model lies. @throws the same */
  find(id: string): Promise<ModelReference>;
  /** To be called between two studies. A model that cannot be used is told; the slot keeps what it has. */
  refresh(slot: SlotEngine): Promise<void>;
  /** Takes back what was told; the worker ends. */
  close(): Promise<void>;
}

const AGAIN_AFTER_MS = 60_000;

/**
 * @param worker names this process in what is told
 * @throws AppError `MODEL_INVALID` when the configured manifest cannot be read
 */
export async function openModelSwitch(dependencies: {
  active: ActiveModel;
  settings: Settings['model'];
  worker: string;
  log: Logger;
}): Promise<ModelSwitch> {
  const { active, settings, worker, log } = dependencies;
  const configured = (await readCatalogue(settings)).standard;
  // One that cannot even be listed is left to the engine, which says in full what is wrong with it.
  const standard: ModelReference = configured ?? { id: 'unreadable', manifestPath: settings.manifest };
  let refused: { id: string; at: number } | undefined;

  async function find(id: string): Promise<ModelReference> {
    if (id === standard.id) return standard;
    const found = (await readCatalogue(settings)).models.find((model) => model.id === id);
    if (found) return found;
    throw new AppError('MODEL_INVALID', 'The model is not in model.directory of this machine');
  }

  async function refuse(id: string, error: AppError): Promise<void> {
    refused = { id, at: Date.now() };
    const { code, message } = error;
    log.error({ model: id, code, detail: message }, 'the active model cannot be used: the former one stays');
    await active.noteProblem({ worker, id, at: new Date().toISOString(), code, message });
  }

  return {
    find,
    current: async () => find((await active.current())?.id ?? standard.id),
    async start(open, slots) {
      const id = (await active.current())?.id ?? standard.id;
      if (id === standard.id) return openSlots(open, standard, slots);
      try {
        return await openSlots(open, await find(id), slots);
      } catch (error) {
        await refuse(id, toAppError(error));
        return openSlots(open, standard, slots);
      }
    },
    close: () => active.clearProblem(worker),
    async refresh(slot) {
      const activation = await active.current();
      const id = activation?.id ?? standard.id;
      if (id === slot.modelId()) return;
      // One that was activated anew since is worth a try at once.
      const since = Math.max(Date.now() - AGAIN_AFTER_MS, Date.parse(activation?.at ?? '1970-01-01'));
      if (refused?.id === id && refused.at > since) return;
      try {
        await slot.exchange(await find(id));
      } catch (error) {
        return refuse(id, toAppError(error));
      }
      refused = undefined;
      await active.clearProblem(worker);
      log.info({ model: id }, 'model exchanged');
    },
  };
}

async function openSlots(
  open: (manifestPath: string) => EngineClient,
  model: ModelReference,
  slots: number,
): Promise<SlotEngine[]> {
  const engines = Array.from({ length: slots }, () => openSlotEngine(open, model));
  try {
    await Promise.all(engines.map((engine) => engine.load()));
    return engines;
  } catch (error) {
    await Promise.all(engines.map((engine) => engine.close()));
    throw error;
  }
}
