import { AppError, type UnitResult } from '../core/index.js';
import { numberOf, TAG } from '../dicom/index.js';
import type { EncodedFrame, SegmentResult } from '../model/index.js';
import { timed } from '../telemetry/index.js';
import {
  buildSeg,
  isTiled,
  type SegFrame,
  segIdentity,
  type SegInput,
  SOP_CLASS_OF_FORM,
} from '../objects/index.js';
import { decodeEither, fetchFrame, openFrameSource, type FrameSource } from './fetch-frame.js';
import { describeSeg } from './describe-seg.js';
import { checkSlideLevel, clipToMatrix } from './slide-tiles.js';
import { storeReport } from './store-report.js';
import { storeResult } from './store-result.js';
import { instancePath, unitIdentity } from './unit-identity.js';
import type { UnitTask } from './unit-task.js';

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
  const { frames, total } = await segmentFrames(task);
  const common = {
    channel: decision.channel,
    score: decision.score,
    reasons: unit.note === undefined ? decision.reasons : [...decision.reasons, unit.note],
    frames: { positive: frames.length, total },
    ...unitIdentity(study, unit),
  };
  if (frames.length === 0) return { result: { outcome: 'empty', ...common }, sent: 0, frames };

  const input: SegInput = { ...describeSeg(task), frames, now: new Date() };
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

/**
 * The masks of a unit's frames that show something, in order.
 * @param wanted which frames are looked at; all without it
 * @returns `total`: frames looked at
 */
export async function segmentFrames(
  task: UnitTask,
  wanted: (sourceIndex: number, frameNumber: number) => boolean = () => true,
): Promise<{ frames: SegFrame[]; total: number }> {
  const { study, unit, context } = task;
  const { dicomweb } = context.archive;
  const frames: SegFrame[] = [];
  let total = 0;
  for (const [sourceIndex, metadata] of unit.sources.entries()) {
    const rows = numberOf(metadata, TAG.Rows) ?? 0;
    const columns = numberOf(metadata, TAG.Columns) ?? 0;
    const tiled = isTiled(metadata);
    if (tiled) checkSlideLevel(metadata);
    const source = await openFrameSource(dicomweb, instancePath(study, metadata), metadata);
    const numbers = framesUpTo(source.frames, (frameNumber) => wanted(sourceIndex, frameNumber));
    const fetchNext = () => {
      const { value } = numbers.next();
      return value ? { frameNumber: value, fetched: fetchFrame(dicomweb, source, value) } : undefined;
    };
    for (let next = fetchNext(); next;) {
      const { frameNumber, fetched } = next;
      const frame = await fetched;
      // The next frame travels while this one is computed; its error is thrown when its turn comes.
      next = fetchNext();
      next?.fetched.catch(() => undefined);
      const { mask: data } = await segmentFrame(task, source, frameNumber, frame);
      if (data.length !== rows * columns)
        throw new AppError('PIXELS_INVALID', 'The mask has another size than its source');
      const whole = { rows, columns, data };
      const mask = tiled ? clipToMatrix(whole, metadata, frameNumber) : whole;
      if (mask.data.includes(1)) frames.push({ sourceIndex, frameNumber, mask });
      total += 1;
    }
  }
  return { frames, total };
}

/** Numbers of frames, one after the other and not as a list: a damaged header may name two thousand million. */
function* framesUpTo(last: number, wanted: (frameNumber: number) => boolean): Generator<number, undefined> {
  for (let frameNumber = 1; frameNumber <= last; frameNumber += 1) if (wanted(frameNumber)) yield frameNumber;
}

async function segmentFrame(
  task: UnitTask,
  source: FrameSource,
  frameNumber: number,
  frame: EncodedFrame,
): Promise<SegmentResult> {
  const { engine, archive } = task.context;
  return decodeEither(archive.dicomweb, source, frameNumber, frame, (decodable) =>
    engine.segment(decodable, task.decision.channel),
  );
}
