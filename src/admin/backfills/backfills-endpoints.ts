import { z } from 'zod';
import { AppError } from '../../core/index.js';
import { backfillSchema, type BackfillStore } from '../../store/index.js';
import { backfillQuery, chooseStudies } from '../../intake/index.js';
import { ARCHIVE_ERRORS } from '../archive-errors.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { limitQuery } from '../paging.js';
import type { AdminDependencies } from '../dependencies.js';
import { priority } from '../vocabulary.js';

const TAG = 'backfills';
const SAMPLE = 20;

const path = z.strictObject({ id: z.uuid() });

const backfillRequest = z
  .strictObject({
    query: backfillQuery.meta({ id: 'BackfillQuery', description: 'which studies are taken' }),
    dryRun: z.boolean().default(false).describe('only tell what would be taken'),
    perMinute: z.number().int().min(1).max(6000).default(60).describe('studies queued a minute'),
    priority: priority.default('offpeak'),
  })
  .meta({ id: 'BackfillRequest' });

const backfill = backfillSchema.extend({ priority }).meta({ id: 'Backfill' });
const backfillList = z.object({ items: z.array(backfill) }).meta({ id: 'BackfillList' });
const backfillMatch = z
  .object({
    matched: z.number().int(),
    sample: z.array(z.string()).describe('StudyInstanceUIDs of the first ones'),
  })
  .meta({ id: 'BackfillMatch', description: 'what a backfill would take' });

/** Everything below `/admin/v1/backfills`. */
export function backfillsEndpoints(dependencies: AdminDependencies): Endpoint[] {
  const store = dependencies.store.backfills;
  return [
    startBackfill(dependencies, store),
    listBackfills(store),
    showBackfill(store),
    cancelBackfill(store),
  ];
}

function startBackfill(dependencies: AdminDependencies, store: BackfillStore): Endpoint {
  return endpoint({
    operationId: 'startBackfill',
    method: 'post',
    path: '/backfills',
    tag: TAG,
    summary: 'Run many studies again, slowly',
    description:
      'The list of studies is made once, when it is asked for; they are then put into the queue so many a minute, ' +
      'also over a restart.',
    scope: 'admin:operate',
    body: backfillRequest,
    replies: {
      200: { description: 'Dry run', schema: backfillMatch },
      202: { description: 'Started', schema: backfill },
    },
    errors: [...ARCHIVE_ERRORS],
    async handle({ body: { query, dryRun, ...pace }, actor }) {
      const studies = await chooseStudies(dependencies, query);
      if (dryRun) {
        return { status: 200, body: { matched: studies.length, sample: studies.slice(0, SAMPLE) } };
      }
      return { status: 202, body: await store.create({ ...pace, actor: actor.name }, studies) };
    },
  });
}

function listBackfills(store: BackfillStore): Endpoint {
  return endpoint({
    operationId: 'listBackfills',
    method: 'get',
    path: '/backfills',
    tag: TAG,
    summary: 'Backfills of the last weeks, newest first',
    scope: 'admin:read',
    query: z.strictObject({ limit: limitQuery }),
    replies: { 200: { description: 'Backfills', schema: backfillList } },
    handle: async ({ query: { limit } }) => ({ status: 200, body: { items: await store.list(limit) } }),
  });
}

function showBackfill(store: BackfillStore): Endpoint {
  return endpoint({
    operationId: 'showBackfill',
    method: 'get',
    path: '/backfills/{id}',
    tag: TAG,
    summary: 'How far a backfill has come',
    scope: 'admin:read',
    params: path,
    replies: { 200: { description: 'The backfill', schema: backfill } },
    errors: ['NOT_FOUND'],
    handle: async ({ params: { id } }) => ({ status: 200, body: await existing(store, id) }),
  });
}

function cancelBackfill(store: BackfillStore): Endpoint {
  return endpoint({
    operationId: 'cancelBackfill',
    method: 'delete',
    path: '/backfills/{id}',
    tag: TAG,
    summary: 'Queue no more studies of a backfill',
    description: 'What is in the queue already stays there.',
    scope: 'admin:operate',
    params: path,
    replies: { 200: { description: 'As it was left', schema: backfill } },
    errors: ['NOT_FOUND', 'CONFLICT'],
    async handle({ params: { id } }) {
      const { state } = await existing(store, id);
      if (!(await store.cancel(id))) throw new AppError('CONFLICT', `The backfill has ended: ${state}`);
      return { status: 200, body: await existing(store, id) };
    },
  });
}

async function existing(store: BackfillStore, id: string) {
  const found = await store.get(id);
  if (!found) throw new AppError('NOT_FOUND', 'There is no such backfill');
  return found;
}
