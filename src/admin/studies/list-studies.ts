import { z } from 'zod';
import { ARCHIVE_ERRORS } from '../archive-errors.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { cursorQuery, limitQuery, nextCursor } from '../paging.js';
import type { AdminDependencies } from '../dependencies.js';
import { findStudies } from './find-studies.js';
import { studyFilterQuery } from './study-query.js';
import { studySummary, toSummary, unreadableStudies } from './study-schemas.js';

const query = z.strictObject({ ...studyFilterQuery, limit: limitQuery, cursor: cursorQuery });

const studyPage = z
  .object({
    total: z.number().int().optional().describe('absent where it would have to be counted one by one'),
    items: z.array(studySummary),
    unreadable: unreadableStudies,
    unknown: z
      .array(z.string())
      .describe(
        'StudyInstanceUIDs that the archive has found and that no signal has come of: they were stored before this ' +
          'software ran, or its signals do not arrive. `POST /studies/{uid}/reprocess` runs one',
      ),
    next: nextCursor,
  })
  .meta({ id: 'StudyPage' });

/** `GET /studies` */
export function listStudies(dependencies: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'listStudies',
    method: 'get',
    path: '/studies',
    tag: 'studies',
    summary: 'Studies, last changed first',
    description:
      'All filters must hold. A page may be shorter than `limit` and yet have a `next`: ' +
      'where a filter matches little, a page ends after some thousand studies looked at. ' +
      'Accession number, patient ID, description, station and study date are asked of the archive by QIDO-RS and ' +
      'kept nowhere; the order is then the archive’s.',
    scope: 'admin:read',
    discloses: 'search',
    query,
    replies: {
      200: {
        description: 'A page of studies',
        schema: studyPage,
      },
    },
    errors: ['INVALID_UID', ...ARCHIVE_ERRORS],
    async handle({ query: { limit, cursor, ...filter }, actor }) {
      const { studies, ...page } = await findStudies(dependencies, filter, { limit, cursor }, actor);
      return { status: 200, body: { ...page, items: studies.map(toSummary) } };
    },
  });
}
