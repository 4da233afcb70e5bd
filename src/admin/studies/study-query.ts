import { z } from 'zod';
import { type Caller, AppError, type Channel, isUid, type Uid } from '../../core/index.js';
import type { StudyMatch } from '../../archive/index.js';
import type { StudyFilter } from '../../store/index.js';
import { millisecondsOf } from '../paging.js';
import { channelName, outcome, studyState } from '../vocabulary.js';
import { maySeeIdentity } from './study-description.js';

const score = z.coerce.number().min(0).max(1).optional();
const time = z.iso.datetime({ offset: true }).optional();
// No wildcard of the caller's: what is typed is looked for, and `\` would separate values.
const text = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\\*?]*$/, 'no \\, * or ?')
  .optional();
const day = z.iso.date().optional();

/** What studies are listed and exported by; all that is given must hold. */
export const studyFilterQuery = {
  outcome: outcome.optional(),
  state: studyState.optional(),
  channel: channelName.optional().describe('has a display unit of this modality'),
  from: time.describe('last changed at or after'),
  to: time.describe('last changed at or before'),
  minScore: score.describe('its lowest routing score is at least'),
  maxScore: score.describe('its lowest routing score is at most: finds doubtful ones'),
  needsReview: z
    .enum(['true', 'false'])
    .optional()
    .describe('whether a person should look at one of its results'),
  superseded: z
    .enum(['true', 'false'])
    .optional()
    .describe('whether its last run found superseded results of ours in the archive'),
  uid: z.string().max(64).optional().describe('StudyInstanceUID, the whole of it'),
  accessionNumber: text.describe('asked of the archive; for operators and administrators'),
  patientId: text.describe('asked of the archive; for operators and administrators'),
  description: text.describe('a part of the Study Description, asked of the archive'),
  station: text.describe('a part of the Station Name, asked of the archive'),
  studyDateFrom: day.describe('Study Date, first day; asked of the archive'),
  studyDateTo: day.describe('Study Date, last day; asked of the archive'),
};

export type StudyFilterQuery = z.output<z.ZodObject<typeof studyFilterQuery>>;

/** A query as the ledger and the archive take it. */
export interface SplitQuery {
  readonly ledger: StudyFilter;
  /** Undefined where nothing is asked of the archive. */
  readonly archive: StudyMatch | undefined;
  /** The one study that was asked for. */
  readonly uid: Uid | undefined;
}

/**
 * Which part the ledger answers, and which the archive.
 * @throws AppError `FORBIDDEN` for a search by what the caller may not see, `INVALID_UID`
 */
export function splitQuery(query: StudyFilterQuery, actor: Caller): SplitQuery {
  const { accessionNumber, patientId, description, station, studyDateFrom, studyDateTo, uid, ...rest } =
    query;
  if ((accessionNumber || patientId) && !maySeeIdentity(actor)) {
    throw new AppError(
      'FORBIDDEN',
      'A search by accession number or patient ID needs the scope admin:operate',
    );
  }
  if (uid !== undefined && !isUid(uid)) throw new AppError('INVALID_UID', 'uid is no DICOM UID');
  const match: StudyMatch = {
    ...(accessionNumber ? { accessionNumber } : {}),
    ...(patientId ? { patientId } : {}),
    ...(description ? { description: `*${description}*` } : {}),
    ...(station ? { stationName: `*${station}*` } : {}),
    ...(studyDateFrom || studyDateTo
      ? { studyDate: `${dicomDay(studyDateFrom)}-${dicomDay(studyDateTo)}` }
      : {}),
  };
  const { from, to, channel, needsReview, superseded, ...filter } = rest;
  return {
    ledger: {
      ...filter,
      channel: channel as Channel | undefined,
      needsReview: flagOf(needsReview),
      superseded: flagOf(superseded),
      from: millisecondsOf(from),
      to: millisecondsOf(to),
    },
    archive: Object.keys(match).length > 0 ? match : undefined,
    uid,
  };
}

const flagOf = (text: 'true' | 'false' | undefined) => (text === undefined ? undefined : text === 'true');
const dicomDay = (iso: string | undefined) => iso?.replaceAll('-', '') ?? '';
