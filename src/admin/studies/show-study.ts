import { z } from 'zod';
import { parseUid, type Uid } from '../../core/index.js';
import type { StudyRecord } from '../../store/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { priority } from '../vocabulary.js';
import { discarded, studySummary, studyUnit, toSummary } from './study-schemas.js';
import { studyPath } from './study-path.js';

const studyEvent = z
  .object({
    at: z.iso.datetime(),
    event: z.string().describe('signal, queued, started, unit, retry, done, failed, reprocess, …'),
    detail: z.record(z.string(), z.unknown()).optional().describe('counts, codes, UIDs and reasons'),
  })
  .meta({ id: 'StudyEvent', description: 'a line of the timeline of a study' });

const studyJob = z
  .object({ state: z.enum(['waiting', 'delayed', 'active']), attemptsMade: z.number().int(), priority })
  .meta({ id: 'StudyJob' });

const study = studySummary
  .extend({
    units: z.array(studyUnit).describe('display units of the last run, then superseded ones'),
    instances: z.number().int().optional().describe('in the archive after the last run'),
    tag: z.string().optional().describe('how the study is tagged in the archive'),
    fingerprint: z.string().optional().describe('of what the last run saw; the same one needs no new run'),
    correlationId: z.string().optional(),
    discarded: discarded.optional(),
    events: z.array(studyEvent).describe('the timeline, oldest first'),
    job: studyJob.optional().describe('its place in the queue; absent when it has none'),
    links: z.object({
      viewer: z.string().describe('the study in OHIF'),
      preview: z
        .array(z.string())
        .describe('a picture with the outline of the mask, one a unit, in their order'),
    }),
  })
  .meta({ id: 'Study' });

/** `GET /studies/{uid}` */
export function showStudy({ store: { ledger, queue } }: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'showStudy',
    method: 'get',
    path: '/studies/{uid}',
    tag: 'studies',
    summary: 'One study with its timeline',
    description: 'Shows why a study has the result it has: every event, the evidence of routing, every try.',
    scope: 'admin:read',
    params: studyPath,
    replies: { 200: { description: 'The study', schema: study } },
    errors: ['INVALID_UID', 'NOT_FOUND', 'LEDGER_UNREADABLE'],
    async handle({ params }) {
      const uid = parseUid(params.uid, 'The study in the path');
      const [events, job] = await Promise.all([ledger.events(uid), queue.find(uid)]);
      // After the timeline, whose lines follow the record: where it says that a run has ended, the record has its outcome.
      const record = await ledger.requireRecord(uid);
      const { units } = record;
      return {
        status: 200,
        body: { ...toSummary(record), ...record, units, events, job, links: links(uid, record) },
      };
    },
  });
}

function links(uid: Uid, record: StudyRecord): { viewer: string; preview: string[] } {
  return {
    viewer: `/viewer/viewer?StudyInstanceUIDs=${uid}`,
    preview: record.units.map((_, unit) => `/admin/v1/studies/${uid}/preview?unit=${unit}`),
  };
}
