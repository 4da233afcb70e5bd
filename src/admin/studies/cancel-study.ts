import { z } from 'zod';
import { AppError, parseUid } from '../../core/index.js';
import { cancelRun } from '../../intake/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { emptyRequest } from '../vocabulary.js';
import { studyPath } from './study-path.js';

const cancelledStudy = z
  .object({
    cancelled: z
      .enum(['quiet', 'queued', 'running'])
      .describe('what it was waiting in; `running`: it stops before its next frame'),
  })
  .meta({ id: 'CancelledStudy' });

/** `POST /studies/{uid}/cancel` */
export function cancelStudy({ store }: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'cancelStudy',
    method: 'post',
    path: '/studies/{uid}/cancel',
    tag: 'studies',
    summary: 'Take a study out of the queue, or stop its run',
    description:
      'A study that never ran becomes `cancelled`, another one keeps its last result. A new instance of it ' +
      'brings it back. One that runs stops before its next frame: results that are stored by then stay, and it ' +
      'ends as `failed` with CANCELLED, or keeps the outcome that it had. One that is done: 409.',
    scope: 'admin:operate',
    params: studyPath,
    body: emptyRequest,
    replies: {
      200: { description: 'It waits no more, or stops', schema: cancelledStudy },
    },
    errors: ['INVALID_UID', 'NOT_FOUND', 'LEDGER_UNREADABLE', 'CONFLICT'],
    async handle({ params, actor }) {
      const uid = parseUid(params.uid, 'The study in the path');
      const { state } = await store.ledger.requireRecord(uid);
      const cancelled = await cancelRun(store, uid, actor.name);
      if (!cancelled)
        throw new AppError('CONFLICT', `The study neither waits nor runs; its state is ${state}`);
      return { status: 200, body: { cancelled } };
    },
  });
}
