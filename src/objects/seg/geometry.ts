import { type DicomJson, frameCount, stringOf, tagOf } from '../../dicom/index.js';
import { pixelSpacingOf, sameSpacing, type PixelSpacing } from '../shared/pixel-spacing.js';
import { sourcePlane, type Plane } from './source-plane.js';
import type { SegFrame, SegInput } from './types.js';

/** What the SEG says about where its frames lie. */
export interface Geometry {
  /**
   * `copied`: planes and Frame of Reference of the source; `viewer`: planes of our own, stacked 1 mm apart;
   * `none`: no claim beyond the source image's pixels.
   */
  readonly kind: 'copied' | 'viewer' | 'none';
  /** One for each frame; empty for `none`. */
  readonly planes: readonly Plane[];
  /** Real spacing of all frames, where the sources agree on one. */
  readonly spacing?: PixelSpacing | undefined;
  readonly frameOfReferenceUid?: string | undefined;
  readonly positionReferenceIndicator?: string | undefined;
}

const UPRIGHT = [1, 0, 0, 0, 1, 0] as const;

/** Chooses the geometry: that of the source where it is complete, else what the profile asks for. */
export function geometryOf(input: SegInput, ownFrameOfReferenceUid: string): Geometry {
  const copied = copiedGeometry(input);
  if (copied) return copied;
  const spacing = commonSpacing(input.sources);
  if (input.profile === 'strict') return { kind: 'none', planes: [], spacing };
  const planes = input.frames.map((frame) => ({
    position: [0, 0, stackPosition(input.sources, frame)],
    orientation: UPRIGHT,
    spacing: spacing ?? ([1, 1] as const),
    sliceThickness: 1,
  }));
  return { kind: 'viewer', planes, spacing, frameOfReferenceUid: ownFrameOfReferenceUid };
}

function copiedGeometry({ sources, frames }: SegInput): Geometry | undefined {
  const planes = frames.map((frame) => sourcePlane(sources[frame.sourceIndex]!, frame.frameNumber));
  if (!planes.every((plane) => plane !== undefined)) return undefined;
  const first = sources[0]!;
  const frameOfReferenceUid = stringOf(first, tagOf('FrameOfReferenceUID'));
  if (sources.some((source) => stringOf(source, tagOf('FrameOfReferenceUID')) !== frameOfReferenceUid)) {
    return undefined;
  }
  return {
    kind: 'copied',
    planes,
    spacing: planes[0]?.spacing,
    frameOfReferenceUid,
    positionReferenceIndicator: stringOf(first, tagOf('PositionReferenceIndicator')),
  };
}

function commonSpacing(sources: readonly DicomJson[]): PixelSpacing | undefined {
  const spacings = sources.map(pixelSpacingOf);
  const first = spacings[0];
  return first && spacings.every((spacing) => spacing && sameSpacing(first, spacing)) ? first : undefined;
}

/** 0-based position of a frame among all frames of the display unit. */
function stackPosition(sources: readonly DicomJson[], frame: SegFrame): number {
  const before = sources.slice(0, frame.sourceIndex).reduce((sum, source) => sum + frameCount(source), 0);
  return before + frame.frameNumber - 1;
}
