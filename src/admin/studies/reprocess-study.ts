import { z } from 'zod';
import { parseUid } from '../../core/index.js';
import { mustExist, requestRun } from '../../intake/index.js';
import { ARCHIVE_ERRORS } from '../archive-errors.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { priority } from '../vocabulary.js';
import { studyPath } from './study-path.js';

/** What is answered when a run of one study was asked for. */
export const runQueued = {
  description: 'It is in the queue',
  schema: z
    .object({
      studyInstanceUid: z.string(),
      correlationId: z.string().describe('of the run; in every line of the logs'),
    })
    .meta({ id: 'RunQueued' }),
};

const reprocessRequest = z
  .strictObject({ priority: priority.default('normal') })
  .meta({ id: 'ReprocessRequest' });

/** `POST /studies/{uid}/reprocess` */
export function reprocessStudy(dependencies: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'reprocessStudy',
    method: 'post',
    path: '/studies/{uid}/reprocess',
    tag: 'studies',
    summary: 'Run a study again although nothing changed',
    description: 'A result that comes out the same is not stored again; one that differs supersedes the old.',
    scope: 'admin:operate',
    params: studyPath,
    body: reprocessRequest,
    replies: { 202: runQueued },
    errors: ['INVALID_UID', 'NOT_FOUND', ...ARCHIVE_ERRORS],
    async handle({ params, body, actor }) {
      const uid = parseUid(params.uid, 'The study in the path');
      await mustExist(dependencies, uid);
      const request = { reason: 'reprocess' as const, priority: body.priority, actor: actor.name };
      return {
        status: 202,
        body: { studyInstanceUid: uid, correlationId: await requestRun(dependencies, uid, request) },
      };
    },
  });
}
