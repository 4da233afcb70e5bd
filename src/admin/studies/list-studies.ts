import { z } from 'zod';
import type { Channel } from '../../core/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { cursorQuery, limitQuery, millisecondsOf, nextCursor } from '../paging.js';
import type { AdminDependencies } from '../dependencies.js';
import { channelName, outcome, studyState } from '../vocabulary.js';
import { studySummary, toSummary, unreadableStudies } from './study-schemas.js';

const score = z.coerce.number().min(0).max(1).optional();
const time = z.iso.datetime({ offset: true }).optional();

const query = z.strictObject({
  outcome: outcome.optional(),
  state: studyState.optional(),
  channel: channelName.optional().describe('has a display unit of this modality'),
  from: time.describe('last changed at or after'),
  to: time.describe('last changed at or before'),
  minScore: score.describe('its lowest routing score is at least'),
  maxScore: score.describe('its lowest routing score is at most: finds doubtful ones'),
  limit: limitQuery,
  cursor: cursorQuery,
});

const studyPage = z
  .object({
    total: z.number().int().optional().describe('absent where it would have to be counted one by one'),
    items: z.array(studySummary),
    unreadable: unreadableStudies,
    next: nextCursor,
  })
  .meta({ id: 'StudyPage' });

/** `GET /studies` */
export function listStudies({ store: { ledger } }: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'listStudies',
    method: 'get',
    path: '/studies',
    tag: 'studies',
    summary: 'Studies, last changed first',
    description:
      'All filters must hold. A page may be shorter than `limit` and yet have a `next`: ' +
      'where a filter matches little, a page ends after some thousand studies looked at.',
    scope: 'admin:read',
    query,
    replies: {
      200: {
        description: 'A page of studies',
        schema: studyPage,
      },
    },
    async handle({ query: { limit, cursor, from, to, channel, ...filter } }) {
      const { studies, unreadable, total, next } = await ledger.list({
        filter: {
          ...filter,
          channel: channel as Channel | undefined,
          from: millisecondsOf(from),
          to: millisecondsOf(to),
        },
        limit,
        cursor,
      });
      return { status: 200, body: { total, items: studies.map(toSummary), unreadable, next } };
    },
  });
}
