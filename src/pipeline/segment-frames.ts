import { AppError, type ResultQuality } from '../core/index.js';
import { frameCount, numberOf, TAG } from '../dicom/index.js';
import { isTiled, type SegFrame } from '../objects/index.js';
import type { UnitTask } from './context.js';
import type { DisplayUnit } from './display-unit.js';
import type { FramePlace } from './frame-source.js';
import { checkSlideLevel, clipToMatrix } from './slides/slide-tiles.js';

/**
 * The masks of a unit's frames that show something, in order.
 * @param wanted which frames are looked at; all without it
 * @returns `total`: frames looked at; `quality`: of the most doubtful of the frames that show something, or of all if none
 *   does
 * @throws AppError `PIXELS_UNSUPPORTED` for a slide whose frames are not just its tiles; of the archive and the engine
 */
export async function segmentFrames(
  task: UnitTask,
  wanted: (place: FramePlace) => boolean = () => true,
): Promise<{ frames: SegFrame[]; total: number; quality?: ResultQuality | undefined }> {
  const { unit, frames: source } = task;
  for (const instance of unit.sources) if (isTiled(instance)) checkSlideLevel(instance);
  const dependencies = placesOf(unit, wanted);
  const frames: SegFrame[] = [];
  const judged: { found: ResultQuality[]; empty: ResultQuality[] } = { found: [], empty: [] };
  let total = 0;
  let next = dependencies.next().value;
  while (next) {
    const place = next;
    next = dependencies.next().value;
    const { quality, ...frame } = await segmentFrame(task, place, () => next && source.fetchAhead(next));
    const shows = frame.mask.data.includes(1);
    if (shows) frames.push(frame);
    if (quality) judged[shows ? 'found' : 'empty'].push(quality);
    total += 1;
  }
  return { frames, total, quality: mostDoubtful(frames.length > 0 ? judged.found : judged.empty) };
}

function mostDoubtful(all: readonly ResultQuality[]): ResultQuality | undefined {
  if (all.length === 0) return undefined;
  return all.reduce((worst, one) => (one.predicted < worst.predicted ? one : worst));
}

/** Places one after the other and not as a list: a damaged header may name two thousand million frames. */
function* placesOf(
  { sources }: DisplayUnit,
  wanted: (place: FramePlace) => boolean,
): Generator<FramePlace, undefined> {
  for (const [sourceIndex, metadata] of sources.entries()) {
    const last = frameCount(metadata);
    for (let frameNumber = 1; frameNumber <= last; frameNumber += 1) {
      const place = { sourceIndex, frameNumber };
      if (wanted(place)) yield place;
    }
  }
}

/** @param fetched called when the frame is here: the next one travels while this one is computed */
async function segmentFrame(
  task: UnitTask,
  place: FramePlace,
  fetched: () => void,
): Promise<SegFrame & { quality?: ResultQuality | undefined }> {
  const { unit, context, decision } = task;
  const metadata = unit.sources[place.sourceIndex]!;
  const { mask: data, quality } = await task.frames.take(place, context.engine, (picture) => {
    fetched();
    return context.engine.segment(picture, decision.channel);
  });
  const rows = numberOf(metadata, TAG.Rows) ?? 0;
  const columns = numberOf(metadata, TAG.Columns) ?? 0;
  if (data.length !== rows * columns)
    throw new AppError('PIXELS_INVALID', 'The mask has another size than its source');
  const whole = { rows, columns, data };
  const mask = isTiled(metadata) ? clipToMatrix(whole, metadata, place.frameNumber) : whole;
  return { ...place, mask, quality };
}
