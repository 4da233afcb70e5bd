import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import {
  type ModalitiesConfig,
  openRoutingInForce,
  openRoutingVersions,
  type RoutingInForce,
  routingText,
} from '../routing/index.js';
import type { Settings } from '../config/index.js';
import type { Store } from '../store/index.js';
import type { Archive } from '../archive/index.js';
import { type ModelSwitch, openShadow, type Shadow, startRequestWorker } from '../worker/index.js';
import { openEngineFor } from './engine-for.js';
import { VERSION } from './project.js';

/** What an administrator can change or ask while a worker runs. */
export interface WorkerControl {
  readonly routing: RoutingInForce;
  readonly shadow: Shadow;
  close(): Promise<void>;
}

/** Engines beside the slots get half the threads of one: studies come first. */
const SHARE = 0.5;

export function startControl(dependencies: {
  settings: Settings;
  modalities: ModalitiesConfig;
  store: Store;
  models: ModelSwitch;
  archive: Archive;
  log: Logger;
}): WorkerControl {
  const { settings, modalities, store, models, archive, log } = dependencies;
  const openEngine = (manifestPath: string) => openEngineFor(settings, manifestPath, { share: SHARE });
  const file = {
    text: routingText(readFileSync(settings.model.modalities, 'utf8')),
    rules: modalities.routing,
  };
  const versions = openRoutingVersions(store.routingTexts, file);
  const routing = openRoutingInForce(versions, modalities, log);
  const shadow = openShadow({
    shadow: store.shadowModel,
    models,
    openEngine,
    log,
  });
  const requests = startRequestWorker({
    store,
    context: { settings, modalities, softwareVersion: VERSION, archive },
    routing,
    models,
    openEngine,
    log,
  });
  return {
    routing,
    shadow,
    async close() {
      await shadow.close();
      await requests.close();
    },
  };
}
