import { z } from 'zod';
import { channelName, isUid, OUTCOMES, type Uid } from '../../core/index.js';
import { stringOf, TAG } from '../../dicom/index.js';
import type { RunDependencies } from '../request-run.js';

const uid = z
  .string()
  .regex(/^[0-9]+(\.[0-9]+)*$/)
  .max(64);
const time = z.iso.datetime({ offset: true }).optional();
const date = z.iso.date();

/** Which studies a backfill takes. */
export const backfillQuery = z.union([
  z
    .strictObject({
      outcome: z.enum(OUTCOMES).optional(),
      channel: channelName.optional(),
      from: time.describe('last changed at or after'),
      to: time.describe('last changed at or before'),
    })
    .describe('studies that have been seen before; all filters must hold, without any: all of them'),
  z.strictObject({ studies: z.array(uid).min(1).max(10_000) }).describe('these studies'),
  z
    .strictObject({ archive: z.strictObject({ from: date, to: date }) })
    .describe('studies of the archive by study date, also those that arrived before this was installed'),
]);

export type BackfillQuery = z.infer<typeof backfillQuery>;

const PAGE = 500;

/** ISO 8601 as ms since 1970. */
const optionalTime = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time));

/** The studies that a query means now, each once. @throws AppError of the archive */
export async function chooseStudies(
  { store: { ledger }, archive }: RunDependencies,
  query: BackfillQuery,
): Promise<Uid[]> {
  if ('studies' in query) return [...new Set(query.studies.filter(isUid))];
  const chosen = new Set<Uid>();
  if ('archive' in query) {
    for await (const { studies } of archive.dicomweb.studyPages({ studyDate: query.archive })) {
      for (const study of studies) {
        const found = stringOf(study, TAG.StudyInstanceUID);
        if (isUid(found)) chosen.add(found);
      }
    }
    return [...chosen];
  }
  const { from, to, ...filter } = query;
  let cursor: string | undefined;
  do {
    const page = await ledger.list({
      filter: { ...filter, from: optionalTime(from), to: optionalTime(to) },
      limit: PAGE,
      cursor,
    });
    for (const study of page.studies) chosen.add(study.studyInstanceUid);
    cursor = page.next;
  } while (cursor !== undefined);
  return [...chosen];
}
