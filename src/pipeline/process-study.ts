import {
  type AppError,
  type RouteDecision,
  toAppError,
  type Uid,
  type UnitObservation,
  type UnitResult,
} from '../core/index.js';
import { timed } from '../telemetry/index.js';
import { openBudget } from './budget.js';
import type { StudyContext, UnitTask } from './context.js';
import { weighUnit, type WeighedUnit } from './decide-unit.js';
import { deleteSuperseded } from './delete-superseded.js';
import { findLeftovers } from './find-leftovers.js';
import { fetchStudy, type RefusedInstances } from './fetch-study.js';
import { openFrames } from './frame-source.js';
import { mayGoOn } from './may-go-on.js';
import { observeUnit } from './observe-unit.js';
import { segmentUnit, type SegmentedUnit } from './segment-unit.js';
import { selectDisplayUnits } from './select-display-units.js';
import { studyOutcome } from './study-outcome.js';
import { besides, type Leftover, leftInArchive } from './superseded.js';
import { tagStudy } from './tag-study.js';
import { earlierResult, isUnchanged, type PreviousRun } from './unchanged.js';
import { unitIdentity } from './unit-identity.js';

/** How a run of a study ended. */
export interface StudyRun {
  readonly outcome: ReturnType<typeof studyOutcome>;
  readonly units: readonly UnitResult[];
  /** What the display units tell of the devices that made them, for statistics. */
  readonly observed: readonly UnitObservation[];
  readonly fingerprint: string;
  /** Instances in the archive after the run. */
  readonly instances: number;
  readonly tag: string | undefined;
  /** How many SEGs and reports were sent, as against found already there. */
  readonly stored: number;
  /** Nothing changed since the last finished run: same headers, same frames, and its results are in the archive. */
  readonly unchanged?: true;
  /**
   * Objects of ours that were in the study before the run and are none of its results: superseded ones. A run that found
   * nothing changed looks only whether those known are still there, a cancelled one for none.
   */
  readonly leftovers: readonly Leftover[];
  /** Superseded objects that were deleted from the archive, where the settings allow it. */
  readonly deleted: number;
  /** `CANCELLED`, where somebody stopped the run: `units` are those that were done by then, and nothing is tagged. */
  readonly cancelled?: AppError | undefined;
}

/**
 * The way of a study: fetch → units → route → (per frame: fetch → decode → infer → mask) → SEG → store → verify →
 * tag. Everything that is written has an identity derived from what it was made of, so the function may be run
 * again from its start at any time, after a crash for instance, and changes nothing that is already right.
 * @param previous what the last finished run saw and gave
 * @returns what `previous` gave, and `unchanged`, when nothing changed since; the study is tagged all the same
 * @throws AppError retryable ones are to be tried again; a broken display unit is a result, not an error
 */
export async function processStudy(
  study: Uid,
  context: StudyContext,
  previous?: PreviousRun,
): Promise<StudyRun> {
  const model = await context.engine.load();
  // Known before anything is read that a result is made of.
  const [fetched, filesRead] = await timed('fetch', () =>
    Promise.all([fetchStudy(study, context, model), context.archive.orthanc?.studyFiles(study)]),
  );
  const series = await timed('fetch', fetched.series);
  const displayUnits = series.images.flatMap((images) => selectDisplayUnits(images, context.settings.wsi));
  const before = previous?.units ?? [];
  const tag = (outcome: StudyRun['outcome'], units: readonly UnitResult[]) =>
    timed('tag', () =>
      tagStudy(context.archive.orthanc, context.settings.archive, study, outcome, units, (error) =>
        noteRefusedTag(context, error),
      ).catch((error: unknown) => {
        if (!context.lastAttempt) throw error;
        return undefined;
      }),
    );
  if (previous?.fingerprint === series.fingerprint) {
    if (await timed('fetch', () => isUnchanged(study, displayUnits, context.archive, before))) {
      const outcome = studyOutcome(before);
      const newTag = await tag(outcome, before);
      const known = leftInArchive(besides(fetched.derived, before), previous.leftovers);
      const { left, deleted } = await deleteSuperseded(study, context, series.images.flat(), before, known);
      return {
        outcome,
        units: before,
        observed: [],
        fingerprint: series.fingerprint,
        instances: fetched.instances - deleted,
        tag: newTag,
        stored: 0,
        leftovers: left,
        deleted,
        unchanged: true,
      };
    }
  }

  const units: UnitResult[] = [];
  const observed: UnitObservation[] = [];
  const budget = openBudget(context.settings.budget);
  let stored = 0;
  let cancelled: AppError | undefined;
  let unfinished: AppError | undefined;
  for (const refused of [...fetched.refused, ...series.refused]) {
    if (refused.error?.retryable && !context.lastAttempt) unfinished ??= refused.error;
    else units.push(refusedUnit(refused));
  }
  for (const unit of displayUnits) {
    const keep = context.follower?.keeps(unit);
    const frames = openFrames(study, unit, context.archive.dicomweb, keep, budget.spendBytes);
    const earlier = earlierResult(study, unit, before);
    const attempt = await processUnit({ study, unit, filesRead, frames, budget, context, model, earlier });
    cancelled = attempt.cancelled;
    if (attempt.cancelled) break;
    if (attempt.again) {
      unfinished ??= attempt.again;
      continue;
    }
    const { result, sent } = attempt;
    context.follower?.ended(unit, result, attempt.frames, frames);
    units.push(result);
    observed.push(observeUnit(unit, result, attempt.frames, attempt.weighed));
    stored += sent;
    await context.note('unit', unitEvent(result));
  }
  // Only now: one unit that must be tried again does not hold up the others.
  if (unfinished && !cancelled) throw unfinished;

  const leftovers = async () => {
    const { archive, modalities } = context;
    const others = besides(fetched.derived, units);
    const images = series.images.flat();
    const found = await findLeftovers(study, archive.dicomweb, modalities.routing, others, images);
    const left = leftInArchive(others, [...before, ...(previous?.leftovers ?? [])], found);
    return deleteSuperseded(study, context, images, units, left);
  };
  const outcome = studyOutcome(units);
  const newTag = cancelled ? undefined : await tag(outcome, units);
  const { left, deleted } = cancelled ? { left: [], deleted: 0 } : await timed('verify', leftovers);
  return {
    outcome,
    units,
    observed,
    fingerprint: series.fingerprint,
    instances: fetched.instances + stored - deleted,
    tag: newTag,
    stored,
    leftovers: left,
    deleted,
    cancelled,
  };
}

/**
 * A tag that the archive refuses is a line in the timeline and no failure: results are stored and verified by now.
 * @throws the error itself, when the archive is away and another try follows
 */
async function noteRefusedTag({ lastAttempt, note }: StudyContext, error: AppError): Promise<void> {
  if (error.scope !== 'unit' && !lastAttempt) throw error;
  const { code, message, advice } = error;
  await note('tag-refused', { code, message, advice });
}

/** The result of instances that were never looked at. */
function refusedUnit({ outcome, seriesUid, instanceUids, reason, error }: RefusedInstances): UnitResult {
  return {
    outcome,
    reasons: [reason],
    ...(error && { error: { code: error.code, message: error.message, advice: error.advice } }),
    sourceSeriesUid: seriesUid,
    sourceInstanceUids: instanceUids,
  };
}

/** A unit's line in the timeline: what was decided and why, and what was stored. */
function unitEvent(result: UnitResult): Readonly<Record<string, unknown>> {
  const { outcome, channel, score, reasons, sourceSeriesUid, segSeriesUid, segInstanceUid } = result;
  const { frames, quality } = result;
  return {
    outcome,
    channel,
    score,
    reasons,
    sourceSeriesUid,
    segSeriesUid,
    segInstanceUid,
    frames,
    ...(quality && { quality }),
  };
}

type UnitAttempt =
  | { readonly cancelled: AppError; readonly again?: never }
  | { readonly again: AppError; readonly cancelled?: never }
  | ({
      readonly again?: never;
      readonly cancelled?: never;
      readonly weighed: WeighedUnit | undefined;
    } & SegmentedUnit);

/** Never throws for what is wrong with this unit alone. */
async function processUnit(task: Omit<UnitTask, 'decision'>): Promise<UnitAttempt> {
  const { study, unit, frames, context, model } = task;
  const source = unitIdentity(study, unit);
  let weighed: WeighedUnit | undefined;
  let decision: RouteDecision | undefined;
  try {
    await mayGoOn(task);
    weighed = await timed('route', () => weighUnit(unit, frames, context, model));
    decision = weighed.decision;
    const { channel, score, reasons } = decision;
    if (channel === undefined) {
      const pixelsSha256 = frames.pixelsSha256();
      return {
        result: { outcome: 'unsupported', score, reasons, pixelsSha256, ...source },
        sent: 0,
        frames: [],
        weighed,
      };
    }
    return { ...(await segmentUnit({ ...task, decision: { ...decision, channel } })), weighed };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'CANCELLED') return { cancelled: error };
    // A mistake of ours with one picture is no reason to leave the others alone.
    if (error.scope !== 'unit' && error.code !== 'INTERNAL') throw error;
    if (error.retryable && !context.lastAttempt) return { again: error };
    const result: UnitResult = {
      outcome: error.outcome,
      channel: decision?.channel,
      score: decision?.score,
      reasons: [...(decision?.reasons ?? []), `${error.code}: ${error.message}`],
      error: { code: error.code, message: error.message, advice: error.advice },
      ...source,
    };
    return { result, sent: 0, frames: [], weighed };
  }
}
