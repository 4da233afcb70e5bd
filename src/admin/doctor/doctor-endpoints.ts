import { z } from 'zod';
import { AppError } from '../../core/index.js';
import { findingSchema, reportSchema, startSelfTest } from '../../doctor/index.js';
import { selfTestSchema } from '../../store/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { sharedReport } from './shared-report.js';

const tag = 'Doctor';
const report = reportSchema
  .extend({ checks: z.array(findingSchema.meta({ id: 'Finding' })) })
  .meta({ id: 'DoctorReport' });
const selfTestStarted = z
  .object({ id: z.string().describe('to ask how it goes') })
  .meta({ id: 'SelfTestStarted' });
const selfTest = selfTestSchema
  .extend({ steps: z.array(selfTestSchema.shape.steps.element.meta({ id: 'SelfTestStep' })) })
  .meta({ id: 'SelfTest' });
const idParams = z.object({ id: z.uuid().describe('as POST /doctor/self-test answered') });

/** What is wrong with this set-up, and a test of the whole chain. */
export function doctorEndpoints(dependencies: AdminDependencies): Endpoint[] {
  const { settings, store, archive, log } = dependencies;
  const examine = sharedReport({ settings, store, archive });

  return [
    endpoint({
      operationId: 'runDoctor',
      method: 'get',
      path: '/doctor',
      tag,
      summary: 'Checks archive, Redis, model, workers, machine and viewer',
      description:
        'Each finding names the setting to change. Answers 200 whatever is found: see `ok`. Takes a few seconds; ' +
        'who asks within five seconds gets the same report. Nothing is stored in the archive: the command line does that.',
      scope: 'admin:read',
      replies: { 200: { description: 'What was found', schema: report } },
      handle: async () => ({ status: 200, body: await examine() }),
    }),
    endpoint({
      operationId: 'startSelfTest',
      method: 'post',
      path: '/doctor/self-test',
      tag,
      summary: 'Sends a synthetic study through the whole chain and removes it again',
      description: 'One at a time. Where the archive cannot delete, the study stays and the result says so.',
      scope: 'admin:operate',
      replies: {
        202: { description: 'It has begun', schema: selfTestStarted },
      },
      handle: async () => {
        const { test, finished } = await startSelfTest({ settings, store, archive });
        void finished.then(({ id, state, seconds, removed }) =>
          log.info({ selfTest: id, state, seconds, removed }, 'self-test ended'),
        );
        return { status: 202, body: { id: test.id } };
      },
    }),
    endpoint({
      operationId: 'getSelfTest',
      method: 'get',
      path: '/doctor/self-test/{id}',
      tag,
      summary: 'How a self-test goes, step by step',
      description: 'Kept for a week.',
      scope: 'admin:read',
      params: idParams,
      replies: { 200: { description: 'Steps with their times', schema: selfTest } },
      errors: ['NOT_FOUND'],
      handle: async ({ params }) => {
        const test = await store.selfTests.read(params.id);
        if (!test) throw new AppError('NOT_FOUND', 'No self-test with this id is known');
        return { status: 200, body: test };
      },
    }),
  ];
}
