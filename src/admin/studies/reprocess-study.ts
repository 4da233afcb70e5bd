import { z } from 'zod';
import { parseUid } from '../../core/index.js';
import { PRIORITIES } from '../../store/index.js';
import { mustExist, requestRun } from '../../intake/index.js';
import { ARCHIVE_ERRORS } from '../archive-errors.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminParts } from '../parts.js';
import { studyPath } from './study-path.js';

/** The class in which a run is queued. */
export const priorityField = z.enum(PRIORITIES).describe('`offpeak` waits for the hours of settings.queue');

/** What is answered when a run of one study was asked for. */
export const runQueued = {
  description: 'It is in the queue',
  schema: z.object({
    studyInstanceUid: z.string(),
    correlationId: z.string().describe('of the run; in every line of the logs'),
  }),
};

/** `POST /studies/{uid}/reprocess` */
export function reprocessStudy(parts: AdminParts): Endpoint {
  return endpoint({
    operationId: 'reprocessStudy',
    method: 'post',
    path: '/studies/{uid}/reprocess',
    tag: 'studies',
    summary: 'Run a study again although nothing changed',
    description: 'A result that comes out the same is not stored again; one that differs supersedes the old.',
    role: 'operator',
    params: studyPath,
    body: z.strictObject({ priority: priorityField.default('normal') }),
    replies: { 202: runQueued },
    errors: ['INVALID_UID', 'NOT_FOUND', ...ARCHIVE_ERRORS],
    async handle({ params, body, actor }) {
      const uid = parseUid(params.uid, 'The study in the path');
      await mustExist(parts, uid);
      const wish = { reason: 'reprocess' as const, priority: body.priority, actor: actor.name };
      return {
        status: 202,
        body: { studyInstanceUid: uid, correlationId: await requestRun(parts, uid, wish) },
      };
    },
  });
}
