import { createHash } from 'node:crypto';
import { AppError, type Mask, type ResultQuality } from '../core/index.js';
import { frameCount, numberOf, stringOf, TAG } from '../dicom/index.js';
import type { SegmentResult } from '../model/index.js';
import { isTiled, packMask, type SegFrame } from '../objects/index.js';
import type { UnitTask } from './context.js';
import type { DisplayUnit } from './display-unit.js';
import type { FramePlace } from './frame-source.js';
import { type FrameUnderWay, framesUnderWay, openFramesAhead } from './frames-ahead.js';
import { mayGoOn } from './may-go-on.js';
import { checkSlideLevel, clipToMatrix } from './slides/slide-tiles.js';

/**
 * The masks of a unit's frames that show something, in order; each packed to bits as it comes.
 * @param wanted which frames are looked at; all without it
 * @returns `total`: frames looked at; `pictures`: SHA-256 of what they show, hexadecimal; `notes`: what of the frames was odd and how it was taken; `quality`: of the most
 *   doubtful of the frames that show something, or of all if none does
 * @throws AppError `PIXELS_UNSUPPORTED` for a slide whose frames are not just its tiles, `BUDGET_EXCEEDED`, `CANCELLED`; of
 *   the archive and the engine
 */
export async function segmentFrames(
  task: UnitTask,
  wanted: (place: FramePlace) => boolean = () => true,
): Promise<{
  frames: SegFrame[];
  total: number;
  pictures: string;
  notes: readonly string[];
  quality?: ResultQuality | undefined;
}> {
  const { unit } = task;
  for (const instance of unit.sources) if (isTiled(instance)) checkSlideLevel(instance);
  const ended = new Set<number>();
  const places = placesOf(unit, wanted, ended);
  const notes = new Set<string>();
  const frames: SegFrame[] = [];
  const pictures: string[] = [];
  const judged: { found: ResultQuality[]; empty: ResultQuality[] } = { found: [], empty: [] };
  let total = 0;
  const line = openFramesAhead(
    places,
    (place) => begin(task, place),
    (place) => framesUnderWay(task, place),
    task.lastFrameBegun,
  );
  for (let current = line.next(); current; current = line.next()) {
    const { place, computed } = current;
    let attempt: ComputedFrame;
    try {
      attempt = await computed;
    } catch (error) {
      if (!(await isEndOfInstance(task, place, error))) {
        // Nothing goes on in the engine once the run has failed.
        await line.stop();
        throw error;
      }
      // It was not fetched, so that none was begun behind it.
      ended.add(place.sourceIndex);
      notes.add(missingFrames(unit, place));
      continue;
    }
    const { quality, notes: odd = [], pictureSha256, ...frame } = attempt;
    const source = stringOf(unit.sources[place.sourceIndex]!, TAG.SOPInstanceUID);
    pictures.push(`${source} ${place.frameNumber} ${pictureSha256}`);
    for (const note of odd) notes.add(note);
    const shows = frame.mask.data.includes(1);
    if (shows) frames.push({ ...frame, mask: packMask(frame.mask) });
    if (quality) judged[shows ? 'found' : 'empty'].push(quality);
    total += 1;
  }
  return {
    frames,
    total,
    pictures: createHash('sha256').update(pictures.sort().join('\n')).digest('hex'),
    notes: [...notes],
    quality: mostDoubtful(frames.length > 0 ? judged.found : judged.empty),
  };
}

function mostDoubtful(all: readonly ResultQuality[]): ResultQuality | undefined {
  if (all.length === 0) return undefined;
  return all.reduce((worst, one) => (one.predicted < worst.predicted ? one : worst));
}

/**
 * Places one after the other and not as a list: a damaged header may name two thousand million frames.
 * @param ended instances that turned out to have no further frame
 */
export function* placesOf(
  { sources }: DisplayUnit,
  wanted: (place: FramePlace) => boolean,
  ended: ReadonlySet<number> = new Set(),
): Generator<FramePlace, undefined> {
  for (const [sourceIndex, metadata] of sources.entries()) {
    const last = frameCount(metadata);
    for (let frameNumber = 1; frameNumber <= last && !ended.has(sourceIndex); frameNumber += 1) {
      const place = { sourceIndex, frameNumber };
      if (wanted(place)) yield place;
    }
  }
}

/**
 * Whether an instance has fewer frames than its header says: the archive refuses this frame and the last one, to the
 * end of all tries. A hole among frames is none.
 */
async function isEndOfInstance(task: UnitTask, place: FramePlace, error: unknown): Promise<boolean> {
  if (!isRefused(error) || place.frameNumber === 1 || !task.context.lastAttempt) return false;
  const last = frameCount(task.unit.sources[place.sourceIndex]!);
  if (place.frameNumber === last) return true;
  const lastPlace = { ...place, frameNumber: last };
  return task.frames.take(lastPlace, task.context.engine, async () => false).catch(isRefused);
}

const isRefused = (error: unknown) => error instanceof AppError && error.code === 'ARCHIVE_REFUSED';

function missingFrames({ sources }: DisplayUnit, { sourceIndex, frameNumber }: FramePlace): string {
  const stated = frameCount(sources[sourceIndex]!);
  const missing = stated - frameNumber + 1;
  return `NumberOfFrames is ${stated}, but the archive has ${frameNumber - 1}: ${missing} missing`;
}

type ComputedFrame = FramePlace & { readonly mask: Mask } & {
  [K in 'quality' | 'notes' | 'pictureSha256']: SegmentResult[K];
};

function begin(task: UnitTask, place: FramePlace): FrameUnderWay<ComputedFrame> {
  let isHere = (): void => undefined;
  const here = new Promise<void>((resolve) => (isHere = resolve));
  const computed = mayGoOn(task).then(() => segmentFrame(task, place, isHere));
  const fetched = Promise.race([here, computed]);
  // They are asked about once the frame before this one is done.
  for (const promise of [fetched, computed]) promise.catch(() => undefined);
  return { place, fetched, computed };
}

/** @param fetched called when the frame is here */
async function segmentFrame(task: UnitTask, place: FramePlace, fetched: () => void): Promise<ComputedFrame> {
  const { unit, context, decision } = task;
  const metadata = unit.sources[place.sourceIndex]!;
  const {
    mask: data,
    quality,
    notes,
    pictureSha256,
  } = await task.frames.take(place, context.engine, (picture) => {
    fetched();
    return context.engine.segment(picture, decision.channel);
  });
  const rows = numberOf(metadata, TAG.Rows) ?? 0;
  const columns = numberOf(metadata, TAG.Columns) ?? 0;
  if (data.length !== rows * columns)
    throw new AppError('PIXELS_INVALID', 'The mask has another size than its source');
  const whole = { rows, columns, data };
  const mask = isTiled(metadata) ? clipToMatrix(whole, metadata, place.frameNumber) : whole;
  return { ...place, mask, quality, notes, pictureSha256 };
}
