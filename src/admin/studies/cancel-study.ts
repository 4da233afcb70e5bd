import { z } from 'zod';
import { AppError, parseUid, type Uid } from '../../core/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { emptyRequest } from '../vocabulary.js';
import { studyPath } from './study-path.js';

const cancelledStudy = z
  .object({ cancelled: z.enum(['quiet', 'queued']).describe('what it was waiting in') })
  .meta({ id: 'CancelledStudy' });

/** `POST /studies/{uid}/cancel` */
export function cancelStudy(dependencies: AdminDependencies): Endpoint {
  const { ledger, queue, rounds } = dependencies.store;

  /** Takes the study out of whatever it waits in. */
  async function takeOut(uid: Uid): Promise<'quiet' | 'queued' | undefined> {
    // The queue first: what becomes due between the two lines is then found in the queue by the next try.
    const queued = await queue.remove(uid);
    const wasQuiet = await rounds.cancel(uid);
    if (queued || (await queue.remove(uid))) return 'queued';
    return wasQuiet ? 'quiet' : undefined;
  }

  return endpoint({
    operationId: 'cancelStudy',
    method: 'post',
    path: '/studies/{uid}/cancel',
    tag: 'studies',
    summary: 'Take a study that waits out of the queue',
    description:
      'A study that never ran becomes `cancelled`, another one keeps its last result. A new instance of it ' +
      'brings it back. What already runs is finished: 409.',
    role: 'operator',
    params: studyPath,
    body: emptyRequest,
    replies: {
      200: { description: 'It waits no more', schema: cancelledStudy },
    },
    errors: ['INVALID_UID', 'NOT_FOUND', 'LEDGER_UNREADABLE', 'CONFLICT'],
    async handle({ params, actor }) {
      const uid = parseUid(params.uid, 'The study in the path');
      const before = await ledger.requireRecord(uid);
      const force = await ledger.forceRequest(uid);
      const cancelled = await takeOut(uid);
      if (!cancelled) throw new AppError('CONFLICT', `The study does not wait; its state is ${before.state}`);
      if (force !== undefined) await ledger.clearForce(uid, force);
      const { state, outcome } = (await ledger.record(uid)) ?? before;
      // Signals may arrive while an earlier run still goes on: that run ends as it would.
      if (state !== 'running') await ledger.update(uid, { state: outcome ? 'done' : 'cancelled' });
      await ledger.addEvent(uid, 'cancelled', { from: cancelled, actor: actor.name });
      return { status: 200, body: { cancelled } };
    },
  });
}
