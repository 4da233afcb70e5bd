import type { ActiveModel, ShadowModel, Verifications, WorkerAsker } from '../../store/index.js';
import { type Catalogue, type CatalogueModel, readCatalogue } from '../../model/index.js';
import { AppError } from '../../core/index.js';
import type { AdminDependencies } from '../dependencies.js';

/** Everything that the endpoints of the models share. */
export interface ModelsState {
  readonly active: ActiveModel;
  readonly shadow: ShadowModel;
  readonly verifications: Verifications;
  readonly workers: WorkerAsker;
  catalogue(): Promise<Catalogue>;
  /** Id of the active model, whether it is there or not; undefined when the configured one cannot be read. */
  activeId(catalogue: Catalogue): Promise<string | undefined>;
}

export function openModelsState({ store, settings }: AdminDependencies): ModelsState {
  const active = store.activeModel;
  return {
    active,
    shadow: store.shadowModel,
    verifications: store.verifications,
    workers: store.workerAsker,
    catalogue: () => readCatalogue(settings.model),
    activeId: async ({ standard }) => (await active.current())?.id ?? standard?.id,
  };
}

/** @throws AppError `NOT_FOUND` */
export function modelOf({ models }: Catalogue, id: string): CatalogueModel {
  const found = models.find((model) => model.id === id);
  if (found) return found;
  throw new AppError('NOT_FOUND', 'No model of this id lies in model.directory');
}
