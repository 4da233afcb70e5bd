import { AppError } from '../../core/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { activatedModel, modelPath } from './model-schemas.js';
import { modelOf, type ModelsState } from './models-state.js';
import { tryModel } from './verify-model.js';

const ACTIVE = {
  200: { description: 'The model that every worker takes up before its next study', schema: activatedModel },
};

/** `POST /models/{id}/activate` */
export function activateModel(state: ModelsState): Endpoint {
  return endpoint({
    operationId: 'activateModel',
    method: 'post',
    path: '/models/{id}/activate',
    tag: 'models',
    summary: 'Make a model the active one',
    description:
      'A worker tries it first; one that does not pass is refused and nothing changes. Running studies finish with ' +
      'the former model. Studies that are done keep their results until they are processed again: then those of ' +
      'the former model are superseded.',
    scope: 'admin:*',
    params: modelPath,
    replies: ACTIVE,
    errors: ['NOT_FOUND', 'CONFLICT', 'MODEL_REFUSED', 'NO_WORKER', 'WORKER_TIMEOUT'],
    async handle({ params, actor, signal }) {
      const catalogue = await state.catalogue();
      const model = modelOf(catalogue, params.id);
      if (model.id === (await state.activeId(catalogue))) {
        throw new AppError('CONFLICT', 'This model is the active one');
      }
      const { ok, checks } = await tryModel(state, model.id, signal);
      if (!ok) {
        const broken = checks.find(({ status }) => status === 'fail');
        throw new AppError('MODEL_REFUSED', `The model did not pass (${broken?.name}): ${broken?.detail}`);
      }
      await state.active.activate(model.id, actor.name);
      return { status: 200, body: model };
    },
  });
}

/** `POST /models/rollback` */
export function rollBackModel(state: ModelsState): Endpoint {
  return endpoint({
    operationId: 'rollBackModel',
    method: 'post',
    path: '/models/rollback',
    tag: 'models',
    summary: 'Take back the latest activation',
    description: 'At once and without a trial: the model before was active already.',
    scope: 'admin:*',
    replies: ACTIVE,
    errors: ['CONFLICT'],
    async handle({ actor }) {
      const catalogue = await state.catalogue();
      const [latest, previous] = await Promise.all([state.active.current(), state.active.previous()]);
      if (!latest || !previous)
        throw new AppError('CONFLICT', 'The configured model is active: nothing to take back');
      const to = previous.id ?? catalogue.standard?.id;
      const model = catalogue.models.find(({ id }) => id === to);
      if (!model)
        throw new AppError('CONFLICT', 'The files of the model before are not in model.directory any more');
      if (!(await state.active.rollBack(latest.id, model.id, actor.name))) {
        throw new AppError('CONFLICT', 'Another model was activated meanwhile');
      }
      return { status: 200, body: model };
    },
  });
}
