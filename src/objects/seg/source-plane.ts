import { isUid } from '../../core/index.js';
import {
  type DicomJson,
  itemsOf,
  type Keyword,
  numberOf,
  numbersOf,
  stringOf,
  tagOf,
} from '../../dicom/index.js';
import { pixelSpacingOf, spacingIn, type PixelSpacing } from '../shared/pixel-spacing.js';

/** Where a frame lies in space, in mm, as its Frame of Reference has it. */
export interface Plane {
  readonly position: readonly number[];
  readonly orientation: readonly number[];
  readonly spacing: PixelSpacing;
  readonly sliceThickness: number;
  readonly spacingBetweenSlices?: number | undefined;
}

/** The plane that a source states for a frame, from functional groups or the image itself; undefined if incomplete. */
export function sourcePlane(source: DicomJson, frameNumber: number): Plane | undefined {
  if (!isUid(stringOf(source, tagOf('FrameOfReferenceUID')))) return undefined;
  const macro = (keyword: Keyword): DicomJson => functionalGroup(source, frameNumber, keyword) ?? source;
  const position = numbersOf(macro('PlanePositionSequence'), tagOf('ImagePositionPatient'));
  const orientation = numbersOf(macro('PlaneOrientationSequence'), tagOf('ImageOrientationPatient'));
  const measures = macro('PixelMeasuresSequence');
  const spacing = spacingIn(measures, tagOf('PixelSpacing')) ?? pixelSpacingOf(source);
  if (position.length !== 3 || !isOrthonormal(orientation) || !spacing) return undefined;
  const spacingBetweenSlices = numberOf(measures, tagOf('SpacingBetweenSlices'));
  return {
    position,
    orientation,
    spacing,
    sliceThickness: sliceThickness(measures, spacingBetweenSlices),
    spacingBetweenSlices,
  };
}

/** Cosines are written with few decimals. */
const MAX_DEVIATION = 0.001;

/** Whether six cosines are two directions of length 1 at a right angle (PS3.3 C.7.6.2.1.1); no plane is without. */
function isOrthonormal(cosines: readonly number[]): boolean {
  if (cosines.length !== 6) return false;
  const [row, column] = [cosines.slice(0, 3), cosines.slice(3)];
  const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  return (
    Math.abs(product(row, row) - 1) <= 2 * MAX_DEVIATION &&
    Math.abs(product(column, column) - 1) <= 2 * MAX_DEVIATION &&
    Math.abs(product(row, column)) <= MAX_DEVIATION
  );
}

/**
 * Slice Thickness is type 1 where a SEG states planes (PS3.3 C.7.6.16.2.1), and readers refuse one without. A source that
 * has none gets what lies between its slices, else 1 mm, as planes of our own have.
 */
function sliceThickness(measures: DicomJson, spacingBetweenSlices: number | undefined): number {
  const stated = numberOf(measures, tagOf('SliceThickness'));
  if (stated !== undefined && stated > 0) return stated;
  return spacingBetweenSlices !== undefined && spacingBetweenSlices > 0 ? spacingBetweenSlices : 1;
}

/** The first item of a macro: of the frame's own groups, else of the shared ones. */
function functionalGroup(source: DicomJson, frameNumber: number, macro: Keyword): DicomJson | undefined {
  const own = itemsOf(source, tagOf('PerFrameFunctionalGroupsSequence'))[frameNumber - 1];
  const shared = itemsOf(source, tagOf('SharedFunctionalGroupsSequence'))[0];
  return [own, shared].flatMap((groups) => (groups ? itemsOf(groups, tagOf(macro)) : []))[0];
}
