import { type DicomJson, type Keyword, tagOf } from '../../dicom/index.js';
import { elements } from '../shared/elements.js';
import type { Geometry } from './geometry.js';
import type { Plane } from './source-plane.js';
import type { SegForm } from './types.js';

/** How frames are told apart beside their segment: by where they lie or, where that says nothing, by label. */
export interface Dimension {
  readonly attribute: 'ImagePositionPatient' | 'FrameLabel';
  /** 1-based index of every frame in this dimension; no two are the same. */
  readonly indices: readonly number[];
}

/** Chooses the dimension beside the segment number. */
export function frameDimension(geometry: Geometry, frames: number): Dimension {
  const indices = geometry.planes.length > 0 ? ranksAlongNormal(geometry.planes) : undefined;
  if (indices) return { attribute: 'ImagePositionPatient', indices };
  return { attribute: 'FrameLabel', indices: Array.from({ length: frames }, (_, i) => i + 1) };
}

/** Multi-frame Dimension module (PS3.3 C.7.6.17). A frame of a label map belongs to no one segment. */
export function dimensionModule(dimension: Dimension, organizationUid: string, form: SegForm): DicomJson {
  const position = dimension.attribute === 'ImagePositionPatient';
  const index = (pointer: Keyword, group: Keyword, label: string) =>
    elements({
      DimensionOrganizationUID: organizationUid,
      DimensionIndexPointer: tagOf(pointer),
      FunctionalGroupPointer: tagOf(group),
      DimensionDescriptionLabel: label,
    });
  return elements({
    DimensionOrganizationSequence: elements({ DimensionOrganizationUID: organizationUid }),
    DimensionIndexSequence: [
      ...(form === 'binary'
        ? [index('ReferencedSegmentNumber', 'SegmentIdentificationSequence', 'Segment Number')]
        : []),
      position
        ? index('ImagePositionPatient', 'PlanePositionSequence', 'Image Position')
        : index('FrameLabel', 'FrameContentSequence', 'Frame Label'),
    ],
  });
}

/** Ranks of parallel planes by distance along their normal; undefined if not parallel or two share a place. */
function ranksAlongNormal(planes: readonly Plane[]): readonly number[] | undefined {
  const first = planes[0]!;
  if (planes.some((plane) => plane.orientation.some((value, i) => value !== first.orientation[i])))
    return undefined;
  const [rx = 0, ry = 0, rz = 0, cx = 0, cy = 0, cz = 0] = first.orientation;
  const normal = [ry * cz - rz * cy, rz * cx - rx * cz, rx * cy - ry * cx];
  const distances = planes.map((plane) =>
    plane.position.reduce((sum, value, i) => sum + value * normal[i]!, 0),
  );
  const sorted = [...distances].sort((a, b) => a - b);
  if (sorted.some((distance, i) => i > 0 && distance - sorted[i - 1]! < 1e-4)) return undefined;
  const rank = new Map(sorted.map((distance, i) => [distance, i + 1]));
  return distances.map((distance) => rank.get(distance)!);
}
