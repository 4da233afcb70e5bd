import { z } from 'zod';
import { AppError, parseUid, type Uid } from '../../core/index.js';
import { summarize } from '../../store/index.js';
import { requestRun } from '../../intake/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { cursorQuery, limitQuery, nextCursor } from '../paging.js';
import type { AdminDependencies } from '../dependencies.js';
import { runQueued } from '../studies/reprocess-study.js';
import { discarded, failure, unreadableStudies } from '../studies/study-schemas.js';
import { studyPath } from '../studies/study-path.js';
import { priority } from '../vocabulary.js';

const TAG = 'quarantine';
const PAGE = 500;

const quarantinedStudy = z
  .object({
    studyInstanceUid: z.string(),
    error: failure.optional(),
    tries: z.number().int(),
    failedAt: z.iso.datetime(),
    arrivedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'QuarantinedStudy' });
const quarantinePage = z
  .object({
    total: z.number().int().optional(),
    items: z.array(quarantinedStudy),
    unreadable: unreadableStudies,
    next: nextCursor,
  })
  .meta({ id: 'QuarantinePage' });

const replayRequest = z.strictObject({ priority: priority.default('normal') }).meta({ id: 'ReplayRequest' });
const replayAllRequest = z
  .strictObject({
    perMinute: z.number().int().min(1).max(6000).default(600).describe('studies queued a minute'),
    priority: priority.default('normal'),
  })
  .meta({ id: 'ReplayAllRequest' });
const replayStarted = z
  .object({
    matched: z.number().int(),
    backfill: z.string().describe('id of the backfill: see `/backfills/{id}`'),
  })
  .meta({ id: 'ReplayStarted' });
const discardedStudy = z.object({ studyInstanceUid: z.string(), discarded }).meta({ id: 'DiscardedStudy' });

/** Everything below `/admin/v1/quarantine`: studies that failed for good and wait for somebody to decide. */
export function quarantineEndpoints(dependencies: AdminDependencies): Endpoint[] {
  return [
    listQuarantine(dependencies),
    replayAll(dependencies),
    replayOne(dependencies),
    discard(dependencies),
  ];
}

function listQuarantine({ store: { ledger } }: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'listQuarantine',
    method: 'get',
    path: '/quarantine',
    tag: TAG,
    summary: 'Studies that failed for good, last failed first',
    scope: 'admin:read',
    query: z.strictObject({ limit: limitQuery, cursor: cursorQuery }),
    replies: {
      200: {
        description: 'A page of studies',
        schema: quarantinePage,
      },
    },
    async handle({ query: { limit, cursor } }) {
      const page = await ledger.list({ filter: { quarantined: true }, limit, cursor });
      const { studies, unreadable, total, next } = page;
      const items = studies.map((record) => ({
        studyInstanceUid: record.studyInstanceUid,
        error: summarize(record).error,
        tries: record.attempts,
        failedAt: record.updatedAt,
        arrivedAt: record.arrivedAt,
      }));
      return { status: 200, body: { total, items, unreadable, next } };
    },
  });
}

function replayOne(dependencies: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'replayQuarantined',
    method: 'post',
    path: '/quarantine/{uid}/replay',
    tag: TAG,
    summary: 'Try a failed study again',
    scope: 'admin:operate',
    params: studyPath,
    body: replayRequest,
    replies: { 202: runQueued },
    errors: ['INVALID_UID', 'NOT_FOUND', 'LEDGER_UNREADABLE', 'CONFLICT'],
    async handle({ params, body, actor }) {
      const uid = await quarantined(dependencies, params.uid);
      const request = { reason: 'replay' as const, priority: body.priority, actor: actor.name };
      return {
        status: 202,
        body: { studyInstanceUid: uid, correlationId: await requestRun(dependencies, uid, request) },
      };
    },
  });
}

function replayAll({ store: { ledger, backfills } }: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'replayQuarantine',
    method: 'post',
    path: '/quarantine/replay',
    tag: TAG,
    summary: 'Try all failed studies again',
    description: 'As a backfill, so that what failed for a common reason does not fail all at once again.',
    scope: 'admin:operate',
    body: replayAllRequest,
    replies: { 202: { description: 'Started', schema: replayStarted } },
    async handle({ body, actor }) {
      const studies: Uid[] = [];
      let cursor: string | undefined;
      do {
        const page = await ledger.list({ filter: { quarantined: true }, limit: PAGE, cursor });
        studies.push(...page.studies.map(({ studyInstanceUid }) => studyInstanceUid));
        cursor = page.next;
      } while (cursor !== undefined);
      const { id } = await backfills.create({ ...body, actor: actor.name }, studies);
      return { status: 202, body: { matched: studies.length, backfill: id } };
    },
  });
}

function discard(dependencies: AdminDependencies): Endpoint {
  const { ledger } = dependencies.store;
  return endpoint({
    operationId: 'discardQuarantined',
    method: 'delete',
    path: '/quarantine/{uid}',
    tag: TAG,
    summary: 'Take a failed study off this list without a result',
    description:
      'It stays in the list of studies as failed, with who took it off. A new instance brings it back.',
    scope: 'admin:operate',
    params: studyPath,
    replies: {
      200: { description: 'Taken off', schema: discardedStudy },
    },
    errors: ['INVALID_UID', 'NOT_FOUND', 'LEDGER_UNREADABLE', 'CONFLICT'],
    async handle({ params, actor }) {
      const uid = await quarantined(dependencies, params.uid);
      const mark = { at: new Date().toISOString(), actor: actor.name };
      await ledger.update(uid, { discarded: mark });
      await ledger.addEvent(uid, 'discarded', { actor: actor.name });
      return { status: 200, body: { studyInstanceUid: uid, discarded: mark } };
    },
  });
}

/** @throws AppError as `requireRecord`, `INVALID_UID`, `CONFLICT` for a study that is not in quarantine */
async function quarantined({ store: { ledger } }: AdminDependencies, text: string): Promise<Uid> {
  const uid = parseUid(text, 'The study in the path');
  const record = await ledger.requireRecord(uid);
  if (summarize(record).quarantined) return uid;
  throw new AppError('CONFLICT', 'The study is not in quarantine: it has not failed, or it was dealt with');
}
