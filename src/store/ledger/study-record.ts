import { z } from 'zod';
import { channelName, isUid, OUTCOMES, type Uid } from '../../core/index.js';

const unitResult = z
  .object({
    outcome: z.enum(['segmented', 'empty', 'unsupported', 'failed', 'superseded']),
    channel: channelName.optional(),
    score: z.number().optional(),
    reasons: z.array(z.string()).readonly(),
    /** Of a superseded one: why it is none of the present results, as the last run found. */
    whyLeft: z.array(z.string()).readonly().optional(),
    error: z.object({ code: z.string(), message: z.string(), advice: z.string() }).optional(),
    sourceSeriesUid: z.string(),
    sourceInstanceUids: z.array(z.string()).readonly(),
    segSeriesUid: z.string().optional(),
    segInstanceUid: z.string().optional(),
    srSeriesUid: z.string().optional(),
    srInstanceUid: z.string().optional(),
    pixelsSha256: z.string().optional(),
    segSha256: z.string().optional(),
    srSha256: z.string().optional(),
    frames: z.object({ positive: z.number(), total: z.number() }).optional(),
    quality: z.object({ predicted: z.number(), lower: z.number(), review: z.boolean() }).optional(),
  })
  .readonly();

/** What a study can be in the middle of. */
export const STUDY_STATES = ['quiet', 'queued', 'running', 'retrying', 'done', 'cancelled'] as const;
export type StudyState = (typeof STUDY_STATES)[number];

/** What the ledger keeps of one study. No patient attribute is in it. */
export const studyRecordSchema = z.object({
  studyInstanceUid: z.custom<Uid>(isUid),
  /**
   * `quiet`: signals still arrive · `queued` · `running` · `retrying` · `done`: `outcome` says how ·
   * `cancelled` before it was ever processed.
   */
  state: z.enum(STUDY_STATES),
  outcome: z.enum(OUTCOMES).optional(),
  /** Catalogue code and message of the failure, when `outcome` is `failed`. */
  error: z.object({ code: z.string(), message: z.string(), advice: z.string() }).optional(),
  /** Results of display units: of the last run first, then superseded ones. */
  units: z.array(unitResult),
  /** What the last finished run saw: same fingerprint, same results. */
  fingerprint: z.string().optional(),
  /** Instances of the study in the archive after the last run, ours included. */
  instances: z.number().optional(),
  /** What the archive said of the images when the last run began, where it can tell that without giving them. */
  archiveState: z.string().optional(),
  /** How the study is tagged in the archive. */
  tag: z.string().optional(),
  attempts: z.number(),
  firstSeen: z.iso.datetime(),
  /** First signal of the round that is under way or was last finished. */
  arrivedAt: z.iso.datetime().optional(),
  /** What began that round; a `request` is somebody's wish to run the study again. Absent: an arrival. */
  round: z.enum(['arrival', 'request']).optional(),
  updatedAt: z.iso.datetime(),
  /** Seconds from `arrivedAt` to the outcome. */
  seconds: z.number().optional(),
  /** Seconds of those that a worker spent in the last run; the others the study waited. */
  workSeconds: z.number().optional(),
  correlationId: z.string().optional(),
  /** Who wants the run that goes on to stop; every run begins without it. */
  stop: z.object({ at: z.iso.datetime(), actor: z.string() }).optional(),
  /** Who took the failed study off the quarantine list; a later run takes the mark away. */
  discarded: z.object({ at: z.iso.datetime(), actor: z.string() }).optional(),
});

export type StudyRecord = z.infer<typeof studyRecordSchema>;

/** One line of a study's timeline. `detail` holds counts, codes and reasons, never text from a header. */
export const studyEventSchema = z
  .object({
    at: z.iso.datetime(),
    event: z.string(),
    detail: z.record(z.string(), z.unknown()).readonly().optional(),
  })
  .readonly();

export type StudyEvent = z.infer<typeof studyEventSchema>;
