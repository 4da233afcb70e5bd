import { numberOf, TAG } from '../dicom/index.js';
import { picturesTogether } from '../model/index.js';
import type { UnitTask } from './context.js';
import type { FramePlace } from './frame-source.js';

/** A frame that was begun. Neither promise needs to be awaited. */
export interface FrameUnderWay<Computed> {
  readonly place: FramePlace;
  /** Its bytes are here; rejects when they do not come. */
  readonly fetched: Promise<unknown>;
  /** Its mask; rejects with what went wrong with this frame. */
  readonly computed: Promise<Computed>;
}

/** The frames of a unit in their order, of which some are begun before they are asked for. */
export interface FramesAhead<Computed> {
  /** The next frame; undefined after the last. The one before is done. */
  next(): FrameUnderWay<Computed> | undefined;
  /** Begins no further frame, and waits for those begun. */
  stop(): Promise<void>;
}

/**
 * Begins a frame as soon as the one before it is fetched, so that the archive is asked for one after the other and nothing is
 * begun behind a frame that does not come.
 * @param most how many frames may be under way once this one is; at least 1
 * @param lastIsFetched told, maybe more than once, that the last frame is fetched and there is none to begin behind it
 */
export function openFramesAhead<Computed>(
  places: Iterator<FramePlace, undefined>,
  begin: (place: FramePlace) => FrameUnderWay<Computed>,
  most: (place: FramePlace) => number,
  lastIsFetched: () => void = () => undefined,
): FramesAhead<Computed> {
  let current: FrameUnderWay<Computed> | undefined;
  const ahead: FrameUnderWay<Computed>[] = [];
  let newest: FrameUnderWay<Computed> | undefined;
  let isStopped = false;

  function beginNext(): void {
    const place = places.next().value;
    if (!place) return lastIsFetched();
    newest = begin(place);
    ahead.push(newest);
    extendBehind(newest);
  }

  function extendBehind(frame: FrameUnderWay<Computed>): void {
    const extend = () => {
      const underWay = ahead.length + (current ? 1 : 0);
      if (frame === newest && !isStopped && underWay < most(frame.place)) beginNext();
    };
    // Whoever waits for the frame hears why it did not come.
    frame.fetched.then(extend, () => undefined);
  }

  return {
    next() {
      if (ahead.length === 0) beginNext();
      current = ahead.shift();
      if (newest) extendBehind(newest);
      return current;
    },
    async stop() {
      isStopped = true;
      await Promise.allSettled(ahead.map(({ computed }) => computed));
    },
  };
}

/** Pixels and masks of the frames of a unit that are under way together, as long as there are more than two. */
const MAX_BYTES_UNDER_WAY = 64 * 1024 * 1024;

/**
 * How many frames of a unit are under way at a time: one that is computed and one ahead; one more for each engine that helps; where an
 * engine takes several together, as many as that and as many ahead. More than two only if they are small enough.
 */
export function framesUnderWay(
  { unit, context, model, decision }: Pick<UnitTask, 'unit' | 'context' | 'model' | 'decision'>,
  { sourceIndex }: FramePlace,
): number {
  const together = picturesTogether(context.engine.state()?.batchSize ?? 1, decision.channel, model);
  const wanted = together === 1 ? 2 + (context.engine.helpers?.() ?? 0) : 2 * together;
  if (wanted === 2) return 2;
  const [rows, columns, samples, bits] = [TAG.Rows, TAG.Columns, TAG.SamplesPerPixel, TAG.BitsAllocated].map(
    (tag) => numberOf(unit.sources[sourceIndex]!, tag) ?? 1,
  ) as [number, number, number, number];
  const bytes = rows * columns * (samples * Math.ceil(bits / 8) + 1);
  return Math.max(2, Math.min(wanted, Math.floor(MAX_BYTES_UNDER_WAY / bytes)));
}
