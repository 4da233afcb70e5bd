import { endpoint, type Endpoint } from '../http/index.js';
import { modelList } from './model-schemas.js';
import type { ModelsState } from './models-state.js';

const LINES = 50;

/** `GET /models` */
export function listModels(state: ModelsState): Endpoint {
  return endpoint({
    operationId: 'listModels',
    method: 'get',
    path: '/models',
    tag: 'models',
    summary: 'The models that lie ready, and which of them is active',
    description: 'Every manifest.json below model.directory is a model.',
    scope: 'admin:read',
    replies: { 200: { description: 'The models', schema: modelList } },
    async handle() {
      const catalogue = await state.catalogue();
      const [latest, previous, shadow, verified, history, problems] = await Promise.all([
        state.active.current(),
        state.active.previous(),
        state.shadow.state(),
        state.verifications.all(),
        state.active.history(LINES),
        state.active.problems(),
      ]);
      const standardId = catalogue.standard?.id;
      const activeId = latest?.id ?? standardId;
      const stateOf = (id: string) =>
        id === activeId ? 'active' : id === shadow?.id ? 'shadow' : 'available';
      return {
        status: 200,
        body: {
          items: catalogue.models.map(({ channels, hasDetector, shownPath, ...model }) => ({
            ...model,
            modalities: channels,
            detector: hasDetector,
            configured: model.id === standardId,
            state: stateOf(model.id),
            manifestPath: shownPath,
            verified: verified.get(model.id),
          })),
          active: {
            id: activeId ?? null,
            at: latest?.at ?? null,
            actor: latest?.actor ?? null,
            present: catalogue.models.some(({ id }) => id === activeId),
          },
          previous: previous === undefined ? null : (previous.id ?? standardId ?? null),
          history,
          problems,
          unreadable: catalogue.unreadable,
        },
      };
    },
  });
}
