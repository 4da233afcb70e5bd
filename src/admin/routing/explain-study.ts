import { z } from 'zod';
import { explanationSchema } from '../../routing/index.js';
import type { WorkerAsker } from '../../store/index.js';
import { type Channel, parseUid } from '../../core/index.js';
import { ARCHIVE_ERRORS } from '../archive-errors.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { mustBeRules, rulesField } from './rules-body.js';

const TIMEOUT_MS = 120_000;

const explainRequest = z
  .strictObject({ studyInstanceUid: z.string().max(64), rules: rulesField.optional() })
  .meta({ id: 'ExplainRequest' });
const explanation = explanationSchema
  .extend({ units: z.array(explanationSchema.shape.units.element.meta({ id: 'UnitExplanation' })) })
  .meta({ id: 'Explanation' });

/** `POST /routing/explain` */
export function explainStudy(workers: WorkerAsker, channels: readonly Channel[]): Endpoint {
  return endpoint({
    operationId: 'explainStudy',
    method: 'post',
    path: '/routing/explain',
    studyField: 'studyInstanceUid',
    tag: 'routing',
    summary: 'What would happen to a study, and why, without doing it',
    description:
      'A worker reads the study from the archive and decides every unit by header and picture, with the rules in ' +
      'force or those given. Nothing is stored, and the study does not notice.',
    scope: 'admin:operate',
    body: explainRequest,
    replies: { 200: { description: 'The decisions', schema: explanation } },
    errors: [
      'INVALID_UID',
      'STUDY_EMPTY',
      'NO_WORKER',
      'WORKER_TIMEOUT',
      'MODEL_INVALID',
      'ENGINE_CRASHED',
      'ENGINE_TIMEOUT',
      ...ARCHIVE_ERRORS,
    ],
    async handle({ body, signal }) {
      const studyInstanceUid = parseUid(body.studyInstanceUid, 'studyInstanceUid');
      const rules = body.rules === undefined ? {} : { rules: mustBeRules(body.rules, channels).text };
      const request = { kind: 'explain' as const, studyInstanceUid, ...rules };
      return { status: 200, body: await workers.ask(request, { timeoutMs: TIMEOUT_MS, signal }) };
    },
  });
}
