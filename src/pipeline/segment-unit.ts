import type { UnitResult } from '../core/index.js';
import { timed } from '../telemetry/index.js';
import { buildSeg, type SegFrame, segIdentity, type SegInput, SOP_CLASS_OF_FORM } from '../objects/index.js';
import { buildSegInput } from './build-seg-input.js';
import type { UnitTask } from './context.js';
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
  const { study, unit, context, decision } = task;
  const { frames, total, notes, quality } = await segmentFrames(task);
  const common = {
    channel: decision.channel,
    score: decision.score,
    reasons: [...decision.reasons, ...(unit.note === undefined ? [] : [unit.note]), ...notes],
    frames: { positive: frames.length, total },
    ...(quality && { quality }),
    ...unitIdentity(study, unit),
  };
  if (frames.length === 0) return { result: { outcome: 'empty', ...common }, sent: 0, frames };

  const input: SegInput = { ...buildSegInput(task, quality), frames, now: new Date() };
  const identity = segIdentity(input);
  const seg = await timed('seg', () => buildSeg(input));
  const path = { study, series: identity.seriesInstanceUid, instance: identity.sopInstanceUid };
  const { rows, columns } = frames[0]!.mask;
  const stored = await storeResult(
    context.archive.dicomweb,
    { path, sopClassUid: SOP_CLASS_OF_FORM[input.form], rows, columns, frames: frames.length },
    seg.bytes,
  );
  const { report, sent } = await storeReport(task, input);
  const uids = { segSeriesUid: path.series, segInstanceUid: path.instance, ...report };
  return {
    result: { outcome: 'segmented', ...common, ...uids },
    sent: sent + (stored === 'stored' ? 1 : 0),
    frames,
  };
}
