import { type Verification, verificationSchema } from '../../store/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { modelPath, verification } from './model-schemas.js';
import { modelOf, type ModelsState } from './models-state.js';

/** Loading a model and one run a channel, on a machine that is busy with studies. */
const TIMEOUT_MS = 300_000;

/** `POST /models/{id}/verify` */
export function verifyModel(state: ModelsState): Endpoint {
  return endpoint({
    operationId: 'verifyModel',
    method: 'post',
    path: '/models/{id}/verify',
    tag: 'models',
    summary: 'Try a model on a worker',
    description:
      'Its files against the manifest, loading, one run of every channel, and the golden masks where they lie ' +
      'beside it. Takes half a minute; nothing is activated.',
    scope: 'admin:*',
    params: modelPath,
    replies: {
      200: { description: 'What was found; `ok` says whether it can be activated', schema: verification },
    },
    errors: ['NOT_FOUND', 'NO_WORKER', 'WORKER_TIMEOUT'],
    async handle({ params, signal }) {
      const { id } = modelOf(await state.catalogue(), params.id);
      return { status: 200, body: await tryModel(state, id, signal) };
    },
  });
}

/** Lets a worker try a model and keeps what it found. */
export async function tryModel(state: ModelsState, id: string, signal: AbortSignal): Promise<Verification> {
  const answer = await state.workers.ask({ kind: 'verify', modelId: id }, { timeoutMs: TIMEOUT_MS, signal });
  const verification = verificationSchema.parse(answer);
  await state.verifications.keep(id, verification);
  return verification;
}
