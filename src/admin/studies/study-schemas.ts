import { z } from 'zod';
import { type StudyRecord, summarize } from '../../store/index.js';
import { channelName, outcome, studyState } from '../vocabulary.js';

const time = z.iso.datetime();

/** Why a study failed, in words for the administrator. */
export const failure = z
  .object({
    code: z.string().describe('code of the catalogue of errors'),
    message: z.string(),
    advice: z.string().describe('what to do about it'),
  })
  .meta({ id: 'Failure', description: 'why a study failed' });

/** Who took a failed study off the quarantine list, and when. */
export const discarded = z
  .object({ at: time, actor: z.string() })
  .meta({ id: 'Discarded', description: 'taken off the quarantine list' });

/** A line of a list of studies. */
export const studySummary = z
  .object({
    studyInstanceUid: z.string(),
    state: studyState,
    outcome: outcome.optional().describe('of the last finished run'),
    channels: z.array(channelName).describe('modalities found'),
    score: z.number().optional().describe('lowest routing score (0–1) of its display units'),
    predictedDice: z.number().optional().describe('lowest predicted Dice of its display units, 0–1'),
    needsReview: z.boolean().describe('a person should look at one of its results'),
    units: z.number().int().describe('display units'),
    superseded: z
      .number()
      .int()
      .describe('results of ours, besides the present ones, that its last run found in the archive'),
    frames: z.number().int().describe('frames segmented'),
    seconds: z.number().optional().describe('from arrival to outcome'),
    workSeconds: z.number().optional().describe('of those, what a worker spent; the others it waited'),
    attempts: z.number().int(),
    error: failure.optional().describe('of the last try, or of the first display unit that failed'),
    reason: z.string().optional().describe('why there is no segmentation, in one sentence'),
    quarantined: z.boolean().describe('failed and waiting for a decision: see `/quarantine`'),
    firstSeen: time,
    arrivedAt: time.optional().describe('first signal of the last round'),
    updatedAt: time,
  })
  .meta({ id: 'StudySummary' });

/** What a page of studies leaves out. */
export const unreadableStudies = z
  .array(z.string())
  .describe(
    'StudyInstanceUIDs of this page whose record cannot be read: a newer version wrote it, or half of it was ' +
      'restored. They count as items of the page; running them again (`POST /backfills`) writes the record anew',
  );

/** How sure a result is. */
const resultQuality = z
  .object({
    predicted: z
      .number()
      .describe('Dice (0–1) to be expected; of an empty result the probability that nothing was overlooked'),
    lower: z.number().describe('what the Dice reaches in nine of ten cases; 0 of an empty result'),
    review: z.boolean().describe('below the limit of the channel: a person should look at it'),
  })
  .meta({ id: 'ResultQuality', description: 'how sure a result is: of its most doubtful frame' });

/** The result of one display unit. */
export const studyUnit = z
  .object({
    outcome,
    channel: channelName.optional(),
    score: z.number().optional().describe('routing score, 0–1'),
    reasons: z.array(z.string()).describe('the evidence, in the order in which it was weighed'),
    whyLeft: z
      .array(z.string())
      .optional()
      .describe('of a superseded one: why it is none of the present results'),
    error: failure.optional().describe('what ended it'),
    sourceSeriesUid: z.string(),
    sourceInstanceUids: z.array(z.string()),
    segSeriesUid: z.string().optional(),
    segInstanceUid: z.string().optional(),
    srSeriesUid: z.string().optional(),
    srInstanceUid: z.string().optional(),
    frames: z
      .object({ positive: z.number().int(), total: z.number().int() })
      .optional()
      .describe('with foreground / processed'),
    quality: resultQuality.optional().describe('absent where the model does not tell it'),
  })
  .meta({ id: 'StudyUnit', description: 'the result of one display unit' });

/** A record as lists show it. */
export function toSummary(record: StudyRecord): z.input<typeof studySummary> {
  const { channels, ...rest } = summarize(record);
  return { ...record, ...rest, channels: [...channels] };
}
