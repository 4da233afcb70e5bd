import { AppError, type Uid, type UnitObservation, type UnitResult } from '../core/index.js';
import { timed } from '../telemetry/index.js';
import { openBudget, pixelsOf } from './budget.js';
import type { StudyContext } from './context.js';
import { deleteSuperseded } from './delete-superseded.js';
import type { DisplayUnit } from './display-unit.js';
import { findLeftovers } from './find-leftovers.js';
import { fetchStudy, type RefusedInstances } from './fetch-study.js';
import { openFrames } from './frame-source.js';
import { observeUnit } from './observe-unit.js';
import { overlap, type Turn } from './overlap.js';
import { processUnit } from './process-unit.js';
import { selectDisplayUnits } from './select-display-units.js';
import { studyOutcome } from './study-outcome.js';
import { besides, type Leftover, leftInArchive } from './superseded.js';
import { tagStudy } from './tag-study.js';
import { earlierResult, isUnchanged, type PreviousRun } from './unchanged.js';

/** Pixels of two display units that may be in work at the same time: their masks, packed, then take 16 MB at most. */
const MAX_PIXELS_TOGETHER = 128e6;

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
 * tag. While the SEG of a unit is built, stored and verified, the next unit is fetched and computed. Everything that is written has an identity derived from what it was made of, so the function may be run
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
    timed('tag', async () => {
      const { archive, settings, lastAttempt, note } = context;
      const to = settings.archive;
      const tagging = await tagStudy(archive.orthanc, to, study, outcome, units, lastAttempt);
      if (tagging.refused) await note('tag-refused', failureOf(tagging.refused));
      return tagging.tag;
    });
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
  const processOne = async (unit: DisplayUnit, turn: Turn) => {
    const keep = context.follower?.keeps(unit);
    const frames = openFrames(study, unit, context.archive.dicomweb, keep, budget.spendBytes);
    const earlier = earlierResult(study, unit, before);
    const task = { study, unit, filesRead, frames, budget, context, model, earlier };
    return { unit, frames, attempt: await processUnit(task, turn) };
  };
  try {
    for await (const { unit, frames, attempt } of overlap(displayUnits, processOne, areSmall)) {
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
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'CANCELLED') throw error;
    cancelled = error;
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

/** What is larger is alone in memory: at its end a SEG takes three times its masks. */
const areSmall = (one: DisplayUnit, next: DisplayUnit) =>
  pixelsOf(one) + pixelsOf(next) <= MAX_PIXELS_TOGETHER;

/** The result of instances that were never looked at. */
function refusedUnit({ outcome, seriesUid, instanceUids, reason, error }: RefusedInstances): UnitResult {
  return {
    outcome,
    reasons: [reason],
    ...(error && { error: failureOf(error) }),
    sourceSeriesUid: seriesUid,
    sourceInstanceUids: instanceUids,
  };
}

const failureOf = ({ code, message, advice }: AppError) => ({ code, message, advice });

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
