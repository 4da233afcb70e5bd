import type { Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { activateModel, rollBackModel } from './activate-model.js';
import { listModels } from './list-models.js';
import { openModelsState } from './models-state.js';
import { shadowEndpoints } from './shadow-endpoints.js';
import { verifyModel } from './verify-model.js';

/** Everything below `/admin/v1/models`. */
export function modelsEndpoints(dependencies: AdminDependencies): Endpoint[] {
  const state = openModelsState(dependencies);
  return [
    listModels(state),
    verifyModel(state),
    activateModel(state),
    rollBackModel(state),
    ...shadowEndpoints(state),
  ];
}
