import { z } from 'zod';
import { parseUid } from '../../core/index.js';
import { ARCHIVE_ERRORS } from '../archive-errors.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { describeStudies as describe, studyDescription } from './study-description.js';

const MAX_UIDS = 100;

const query = z.strictObject({
  uids: z
    .string()
    .min(1)
    .max(65 * MAX_UIDS)
    .describe(`StudyInstanceUIDs with commas between, ${MAX_UIDS} at most`),
});
const studyDescriptions = z
  .object({ items: z.array(studyDescription).describe('of those that the archive has, in its order') })
  .meta({ id: 'StudyDescriptions' });

/** `GET /study-descriptions` */
export function describeStudies({ archive }: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'describeStudies',
    method: 'get',
    path: '/study-descriptions',
    tag: 'studies',
    summary: 'What studies are: modality, date, description, station',
    description:
      'One QIDO-RS request to the archive for all of them; nothing of the answer is kept. ' +
      'Operators and administrators also get accession number and patient ID.',
    scope: 'admin:read',
    discloses: 'search',
    query,
    replies: { 200: { description: 'What the archive says', schema: studyDescriptions } },
    errors: ['INVALID_UID', ...ARCHIVE_ERRORS],
    async handle({ query: { uids }, actor }) {
      const asked = uids
        .split(',')
        .slice(0, MAX_UIDS)
        .map((uid) => parseUid(uid, 'A study in the query'));
      return { status: 200, body: { items: await describe(archive, asked, actor) } };
    },
  });
}
