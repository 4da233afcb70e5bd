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
  readonly sliceThickness?: number | undefined;
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
  if (position.length !== 3 || orientation.length !== 6 || !spacing) return undefined;
  return {
    position,
    orientation,
    spacing,
    sliceThickness: numberOf(measures, tagOf('SliceThickness')),
    spacingBetweenSlices: numberOf(measures, tagOf('SpacingBetweenSlices')),
  };
}

/** The first item of a macro: of the frame's own groups, else of the shared ones. */
function functionalGroup(source: DicomJson, frameNumber: number, macro: Keyword): DicomJson | undefined {
  const own = itemsOf(source, tagOf('PerFrameFunctionalGroupsSequence'))[frameNumber - 1];
  const shared = itemsOf(source, tagOf('SharedFunctionalGroupsSequence'))[0];
  return [own, shared].flatMap((groups) => (groups ? itemsOf(groups, tagOf(macro)) : []))[0];
}
