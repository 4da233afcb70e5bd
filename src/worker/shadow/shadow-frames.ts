import { frameCount, numberOf, TAG } from '../../dicom/index.js';
import { countBits, packMask, type SegFrame } from '../../objects/index.js';
import { type DisplayUnit, type FramePlace, type KeepPicture, middleFrame } from '../../pipeline/index.js';

/** Frames of a unit that are compared at most; of longer ones they are spread evenly. */
const MAX_FRAMES = 16;

/** The masks of a unit's compared frames, one bit a pixel, by `sourceIndex:frameNumber`; empty ones are left out. */
export interface KeptMasks {
  readonly compared: ReadonlySet<string>;
  readonly masks: ReadonlyMap<string, Uint8Array>;
  /** What they take. */
  readonly bytes: number;
}

export const frameKey = (sourceIndex: number, frameNumber: number) => `${sourceIndex}:${frameNumber}`;

const keyOf = ({ sourceIndex, frameNumber }: FramePlace) => frameKey(sourceIndex, frameNumber);

/** Chooses the frames to compare and keeps their masks. @param frames of the unit that show something */
export function keepMasks(unit: DisplayUnit, frames: readonly SegFrame[]): KeptMasks {
  const compared = new Set(chooseFrames(unit).map(keyOf));
  const masks = new Map<string, Uint8Array>();
  let bytes = 0;
  for (const { sourceIndex, frameNumber, mask } of frames) {
    const key = frameKey(sourceIndex, frameNumber);
    if (!compared.has(key)) continue;
    const packed = packMask(mask).bits;
    masks.set(key, packed);
    bytes += packed.length;
  }
  return { compared, masks, bytes };
}

/**
 * Chooses the pictures to keep for the comparison, so that no frame is fetched or decoded again: those of the compared
 * frames and the one by which the unit is recognised. The budget goes to the first ones; the others are fetched anew.
 * @param budget bytes that are left for pictures
 */
export function planPictures(unit: DisplayUnit, budget: number): { keeps: KeepPicture; bytes: number } {
  const planned = new Set<string>();
  let bytes = 0;
  for (const place of [middleFrame(unit), ...chooseFrames(unit)]) {
    const size = pictureBytes(unit, place);
    if (planned.has(keyOf(place)) || bytes + size > budget) continue;
    planned.add(keyOf(place));
    bytes += size;
  }
  return { keeps: (place) => planned.has(keyOf(place)), bytes };
}

/** Of a picture in memory, as RGB. */
const pictureBytes = ({ sources }: DisplayUnit, { sourceIndex }: FramePlace) =>
  3 * (numberOf(sources[sourceIndex]!, TAG.Rows) ?? 0) * (numberOf(sources[sourceIndex]!, TAG.Columns) ?? 0);

/** Frames spread evenly. Nothing is made for each frame: a damaged header may name two thousand million. */
function chooseFrames(unit: DisplayUnit): FramePlace[] {
  const counts = unit.sources.map(frameCount);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const step = Math.max(1, total / MAX_FRAMES);
  return Array.from({ length: Math.min(MAX_FRAMES, total) }, (_, i) => {
    let at = Math.ceil(i * step);
    const sourceIndex = counts.findIndex((count) => at < count || ((at -= count), false));
    return { sourceIndex, frameNumber: at + 1 };
  });
}

/**
 * Dice of two sets of masks over the compared frames together.
 * @returns undefined when neither shows anything
 */
export function diceOf(kept: KeptMasks, frames: readonly SegFrame[]): number | undefined {
  let common = 0;
  let sum = 0;
  for (const packed of kept.masks.values()) sum += countBits(packed);
  for (const { sourceIndex, frameNumber, mask } of frames) {
    const packed = packMask(mask).bits;
    const other = kept.masks.get(frameKey(sourceIndex, frameNumber));
    sum += countBits(packed);
    if (other) common += countBits(packed.map((byte, i) => byte & (other[i] ?? 0)));
  }
  return sum === 0 ? undefined : (2 * common) / sum;
}
