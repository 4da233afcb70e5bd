import type { Device, UnitObservation, UnitResult } from '../core/index.js';
import { type DicomJson, stringOf, TAG } from '../dicom/index.js';
import { countBits, packMask, type SegFrame } from '../objects/index.js';
import type { WeighedUnit } from './decide-unit.js';
import type { DisplayUnit } from './display-unit.js';

/** A name of a device is kept so far: its header may have been made to hold a book. */
const MAX_NAME = 64;

/** What a display unit that has its result tells of the device that made it. @param frames those that show something */
export function observeUnit(
  unit: DisplayUnit,
  { outcome, channel, quality, pixelsSha256 }: UnitResult,
  frames: readonly SegFrame[],
  weighed: WeighedUnit | undefined,
): UnitObservation {
  const best = weighed?.pixels?.best;
  return {
    device: deviceOf(unit.sources[0]!),
    outcome,
    channel,
    ...(best !== undefined && { outOfDistribution: best === 'none' }),
    quality,
    ...(frames.length > 0 && { area: areaOf(frames) }),
    pixelsSha256,
  };
}

function deviceOf(header: DicomJson): Device {
  const name = (tag: string) =>
    (stringOf(header, tag) ?? '')
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, MAX_NAME);
  return { model: name(TAG.ManufacturerModelName), station: name(TAG.StationName) };
}

/** Mean over the frames of the share of the picture that is foreground. */
function areaOf(frames: readonly SegFrame[]): number {
  const share = ({ mask }: SegFrame) => countBits(packMask(mask).bits) / (mask.rows * mask.columns);
  return frames.reduce((sum, frame) => sum + share(frame), 0) / frames.length;
}
