import type { DicomJson } from '../../dicom/index.js';
import { derivationImage } from '../shared/derivation-image.js';
import type { Dimension } from './dimensions.js';
import { elements, type ElementValues } from '../shared/elements.js';
import type { Geometry } from './geometry.js';
import type { Plane } from './source-plane.js';
import type { SegInput } from './types.js';

/** Multi-frame Functional Groups (PS3.3 C.7.6.16): what all frames share, and what each has of its own. */
export function functionalGroups(input: SegInput, geometry: Geometry, dimension: Dimension): DicomJson {
  const { planes } = geometry;
  const binary = input.form === 'binary';
  const orientation = shareable(planes.map(planeOrientation));
  const measures = shareable(planes.map(pixelMeasures));
  const perFrame = input.frames.map((frame, i) => {
    const plane = planes[i];
    return elements({
      FrameContentSequence: elements({
        DimensionIndexValues: binary ? [1, dimension.indices[i]!] : [dimension.indices[i]!],
        FrameLabel: dimension.attribute === 'FrameLabel' ? frameLabel(frame) : undefined,
      }),
      SegmentIdentificationSequence: binary ? elements({ ReferencedSegmentNumber: 1 }) : undefined,
      DerivationImageSequence: derivationImage(input.sources[frame.sourceIndex]!, frame.frameNumber),
      ...(plane && {
        PlanePositionSequence: elements({ ImagePositionPatient: plane.position }),
        ...(!orientation && planeOrientation(plane)),
        ...(!measures && pixelMeasures(plane)),
      }),
    });
  });
  return elements({
    SharedFunctionalGroupsSequence: elements({ ...orientation, ...measures }),
    PerFrameFunctionalGroupsSequence: perFrame,
  });
}

function frameLabel(frame: { readonly sourceIndex: number; readonly frameNumber: number }): string {
  return `image ${frame.sourceIndex + 1} frame ${frame.frameNumber}`;
}

function planeOrientation(plane: Plane): ElementValues {
  return { PlaneOrientationSequence: elements({ ImageOrientationPatient: plane.orientation }) };
}

function pixelMeasures(plane: Plane): ElementValues {
  return {
    PixelMeasuresSequence: elements({
      SliceThickness: plane.sliceThickness,
      SpacingBetweenSlices: plane.spacingBetweenSlices,
      PixelSpacing: plane.spacing,
    }),
  };
}

/** A group that is the same for all frames, or undefined; viewers want what can be shared to be shared. */
function shareable(groups: readonly ElementValues[]): ElementValues | undefined {
  const first = JSON.stringify(groups[0] ?? {});
  return groups.every((group) => JSON.stringify(group) === first) ? (groups[0] ?? {}) : undefined;
}
