import { AppError, numberOf, TAG, type UnitResult } from '../core/index.js';
import type { EncodedFrame, SegmentResult } from '../model/protocol.js';
import { buildSeg, segIdentity, type SegFrame, type SegInput } from '../seg/index.js';
import {
  fetchFrame,
  fetchUncompressed,
  openFrameSource,
  worthTranscoding,
  type FrameSource,
} from './fetch-frame.js';
import { describeSeg } from './describe-seg.js';
import { storeSeg } from './store-seg.js';
import { instancePath, unitIdentity } from './unit-identity.js';
import type { UnitTask } from './unit-task.js';

/** Segments every frame of a unit, then builds, stores and verifies its SEG; nothing is stored without foreground. */
export async function segmentUnit(task: UnitTask): Promise<{ result: UnitResult; sent: boolean }> {
  const { study, unit, context, decision } = task;
  const { frames, total } = await segmentFrames(task);
  const common = {
    channel: decision.channel,
    score: decision.score,
    reasons: decision.reasons,
    frames: { positive: frames.length, total },
    ...unitIdentity(study, unit),
  };
  if (frames.length === 0) return { result: { outcome: 'empty', ...common }, sent: false };

  const input: SegInput = { ...describeSeg(task), frames, now: new Date() };
  const identity = segIdentity(input);
  const seg = buildSeg(input);
  const path = { study, series: identity.seriesInstanceUid, instance: identity.sopInstanceUid };
  const { rows, columns } = frames[0]!.mask;
  const stored = await storeSeg(
    context.archive.dicomweb,
    { path, rows, columns, frames: frames.length },
    seg.bytes,
  );
  return {
    result: { outcome: 'segmented', ...common, segSeriesUid: path.series, segInstanceUid: path.instance },
    sent: stored === 'stored',
  };
}

async function segmentFrames(task: UnitTask): Promise<{ frames: SegFrame[]; total: number }> {
  const { study, unit, context } = task;
  const { dicomweb } = context.archive;
  const frames: SegFrame[] = [];
  let total = 0;
  for (const [sourceIndex, metadata] of unit.sources.entries()) {
    const rows = numberOf(metadata, TAG.Rows) ?? 0;
    const columns = numberOf(metadata, TAG.Columns) ?? 0;
    const source = await openFrameSource(dicomweb, instancePath(study, metadata), metadata);
    let next: Promise<EncodedFrame> | undefined = fetchFrame(dicomweb, source, 1);
    for (let frameNumber = 1; frameNumber <= source.frames; frameNumber += 1) {
      const frame = await next!;
      // The next frame travels while this one is computed; its error is thrown when its turn comes.
      next = frameNumber < source.frames ? fetchFrame(dicomweb, source, frameNumber + 1) : undefined;
      next?.catch(() => undefined);
      const { mask, positivePixels } = await segmentFrame(task, source, frameNumber, frame);
      if (mask.length !== rows * columns)
        throw new AppError('PIXELS_INVALID', 'The mask has another size than its source');
      if (positivePixels > 0) frames.push({ sourceIndex, frameNumber, mask: { rows, columns, data: mask } });
      total += 1;
    }
  }
  return { frames, total };
}

async function segmentFrame(
  task: UnitTask,
  source: FrameSource,
  frameNumber: number,
  frame: EncodedFrame,
): Promise<SegmentResult> {
  const { engine, archive } = task.context;
  try {
    return await engine.segment(frame, task.decision.channel);
  } catch (error) {
    if (!worthTranscoding(error, frame)) throw error;
    return engine.segment(
      await fetchUncompressed(archive.dicomweb, source, frameNumber),
      task.decision.channel,
    );
  }
}
