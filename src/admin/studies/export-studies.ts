import { z } from 'zod';
import { AppError } from '../../core/index.js';
import { summarize, type StudyRecord } from '../../store/index.js';
import { ARCHIVE_ERRORS } from '../archive-errors.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { findStudies } from './find-studies.js';
import { describeStudies, maySeeIdentity, type StudyDescription } from './study-description.js';
import { studyFilterQuery } from './study-query.js';

const query = z.strictObject({
  ...studyFilterQuery,
  describe: z
    .enum(['true', 'false'])
    .default('true')
    .describe('whether the archive is asked what the studies are'),
});
const MAX_ROWS = 5000;
const PAGE = 500;

/** `GET /studies.csv` */
export function exportStudies(dependencies: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'exportStudies',
    method: 'get',
    path: '/studies.csv',
    tag: 'studies',
    summary: 'The list of studies as CSV',
    description: `The filters of the list; ${MAX_ROWS} rows at most. Cells that a spreadsheet would take for a formula begin with an apostrophe.`,
    scope: 'admin:read',
    discloses: 'search',
    query,
    replies: { 200: { description: 'RFC 4180, UTF-8, one line a study', contentType: 'text/csv' } },
    errors: ['INVALID_UID', ...ARCHIVE_ERRORS],
    async handle({ query: { describe, ...filter }, actor, signal }) {
      const studies: StudyRecord[] = [];
      let cursor: string | undefined;
      do {
        if (signal.aborted) throw new AppError('INVALID_REQUEST', 'The caller has gone');
        const page = await findStudies(dependencies, filter, { limit: PAGE, cursor }, actor);
        studies.push(...page.studies);
        cursor = page.next;
      } while (cursor !== undefined && studies.length < MAX_ROWS);
      const rows = studies.slice(0, MAX_ROWS);
      const uids = rows.map(({ studyInstanceUid }) => studyInstanceUid);
      const described = describe === 'true' ? await describeStudies(dependencies.archive, uids, actor) : [];
      return {
        status: 200,
        body: studiesCsv(rows, described, maySeeIdentity(actor)),
        headers: { 'content-disposition': 'attachment; filename="studies.csv"' },
      };
    },
  });
}

type Cell = string | number | boolean | undefined;
type Column = readonly [
  head: string,
  cell: (
    study: StudyRecord,
    description: StudyDescription | undefined,
    summary: ReturnType<typeof summarize>,
  ) => Cell,
];

const IDENTITY: readonly Column[] = [
  ['accession number', (_, known) => known?.accessionNumber],
  ['patient ID', (_, known) => known?.patientId],
];

const COLUMNS: readonly Column[] = [
  ['modalities', (_, known) => known?.modalities.join(' ')],
  ['study date', (_, known) => known?.studyDate],
  ['description', (_, known) => known?.description],
  ['station', (_, known) => known?.station],
  ['StudyInstanceUID', (study) => study.studyInstanceUid],
  ['state', (study) => study.state],
  ['outcome', (study) => study.outcome],
  ['reason', (_study, _known, summary) => summary.reason],
  ['error code', (_study, _known, summary) => summary.error?.code],
  ['channels', (_study, _known, summary) => summary.channels.join(' ')],
  ['modality score', (_study, _known, summary) => summary.score],
  ['predicted Dice', (_study, _known, summary) => summary.predictedDice],
  ['needs review', (_study, _known, summary) => summary.needsReview],
  ['frames', (_study, _known, summary) => summary.frames],
  ['seconds waited', (study) => waited(study)],
  ['seconds worked', (study) => study.workSeconds],
  ['first seen', (study) => study.firstSeen],
  ['last changed', (study) => study.updatedAt],
];

const waited = ({ seconds, workSeconds }: StudyRecord) =>
  seconds === undefined || workSeconds === undefined
    ? undefined
    : Math.max(0, seconds - workSeconds).toFixed(3);

/** Studies as CSV (RFC 4180), with a head. */
export function studiesCsv(
  studies: readonly StudyRecord[],
  descriptions: readonly StudyDescription[],
  withIdentity: boolean,
): string {
  const columns = withIdentity ? [...IDENTITY, ...COLUMNS] : COLUMNS;
  const byUid = new Map(descriptions.map((one) => [one.studyInstanceUid, one]));
  const lines = [
    columns.map(([head]) => head),
    ...studies.map((study) => {
      const [known, summary] = [byUid.get(study.studyInstanceUid), summarize(study)];
      return columns.map(([, cell]) => asCell(cell(study, known, summary)));
    }),
  ];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** Text of a header may begin as a formula does: the spreadsheet must not run it. */
function asCell(value: Cell): string {
  const text = value === undefined ? '' : String(value);
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
