import { isUid, type UnitResult } from '../core/index.js';
import { timed } from '../telemetry/index.js';
import {
  buildSeg,
  contentSha256,
  isSameResult,
  segIdentity,
  type SegFrame,
  type SegInput,
  type SegObject,
} from '../objects/index.js';
import { buildSegInput } from './build-seg-input.js';
import type { UnitTask } from './context.js';
import { readResult } from './read-result.js';
import { segmentFrames } from './segment-frames.js';
import { storeReport } from './store-report.js';
import { storeResult } from './store-result.js';
import { unitIdentity } from './unit-identity.js';

/** A unit with its result. `sent`: objects sent, as against found already there. `frames`: those that show something. */
export interface SegmentedUnit {
  readonly result: UnitResult;
  readonly sent: number;
  readonly frames: readonly SegFrame[];
}

/**
 * Segments every frame of a unit, then builds, stores and verifies its SEG; nothing is stored without foreground.
 */
export async function segmentUnit(task: UnitTask): Promise<SegmentedUnit> {
  const { study, unit, filesRead, context, decision, budget } = task;
  budget.admit(unit);
  const { frames, total, pictures, notes, quality } = await segmentFrames(task);
  await task.mayStore?.();
  const common = {
    channel: decision.channel,
    score: decision.score,
    reasons: [...decision.reasons, ...(unit.note === undefined ? [] : [unit.note]), ...notes],
    frames: { positive: frames.length, total },
    ...(quality && { quality }),
    pixelsSha256: task.frames.pixelsSha256(),
    ...unitIdentity(study, unit),
  };
  if (frames.length === 0) return { result: { outcome: 'empty', ...common }, sent: 0, frames };

  const input: SegInput = { ...buildSegInput(task, quality), frames, pictures, now: new Date() };
  const { seriesInstanceUid: series, sopInstanceUid: instance } = segIdentity(input);
  const path = { study, series, instance };
  // Its UIDs are known before it is built: meanwhile the archive is asked whether it is there.
  const present = readResult(context.archive.dicomweb, path);
  present.catch(() => undefined);
  const seg = await timed('seg', () => buildSeg(input));
  const kept = await keepEarlier(task, seg);
  if (kept) return { result: { outcome: 'segmented', ...common, ...kept }, sent: 0, frames };
  const stored = await storeResult(
    context.archive,
    { path, content: seg.content },
    seg.bytes,
    { study, unit, filesRead },
    { present, sha256: task.earlier?.segSha256 },
  );
  const { report, sent } = await storeReport(task, input);
  const uids = { segSeriesUid: path.series, segInstanceUid: path.instance, segSha256: stored.sha256 };
  return {
    result: { outcome: 'segmented', ...common, ...uids, ...report },
    sent: sent + (stored.sent ? 1 : 0),
    frames,
  };
}

type ResultUids = Pick<UnitResult, 'segSeriesUid' | 'segInstanceUid' | 'segSha256'>;

/**
 * The SEG of an earlier run, where it says the same of the same pictures and the same patient: an archive that corrects a
 * patient may have corrected it too. With measurements both are made anew, because a report names its SEG.
 */
async function keepEarlier(task: UnitTask, seg: SegObject): Promise<ResultUids | undefined> {
  const { segSeriesUid: series, segInstanceUid: instance } = task.earlier ?? {};
  if (!isUid(series) || !isUid(instance) || instance === seg.sopInstanceUid) return undefined;
  if (task.context.settings.seg.measurements) return undefined;
  const found = await readResult(task.context.archive.dicomweb, { study: task.study, series, instance });
  if (!found || !isSameResult(found, seg.content)) return undefined;
  return { segSeriesUid: series, segInstanceUid: instance, segSha256: contentSha256(found) };
}
