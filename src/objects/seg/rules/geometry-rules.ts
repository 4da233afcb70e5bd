import { isUid } from '../../../core/index.js';
import { type DicomJson, type Keyword } from '../../../dicom/index.js';
import { firstFrame, groupOfFrames, has, items, numbers, text } from './read.js';
import type { Rule } from './rule.js';

/** The first frame in whose functional group an attribute has not so many values. */
function frameWithout(
  dataset: DicomJson,
  macro: Keyword,
  keyword: Keyword,
  count: number,
): string | undefined {
  return firstFrame(groupOfFrames(dataset, macro), (group) =>
    group.some((item) => numbers(item, keyword).length === count),
  );
}

/** Where frames lie: everything for viewers, nothing by halves. */
export const geometryRules: readonly Rule[] = [
  {
    id: 'frame-of-reference',
    broken: ({ dataset, profile }) => {
      if (profile === 'viewer' && !isUid(text(dataset, 'FrameOfReferenceUID')))
        return 'FrameOfReferenceUID is absent';
      if (!has(dataset, 'FrameOfReferenceUID')) return undefined;
      return has(dataset, 'PositionReferenceIndicator') ? undefined : 'PositionReferenceIndicator is absent';
    },
  },
  {
    id: 'plane-orientation',
    refusedBy: ['OHIF', 'dcmqi (3D Slicer)'],
    broken: ({ dataset, profile }) => {
      if (profile === 'strict' && !has(dataset, 'FrameOfReferenceUID')) return undefined;
      const frame = frameWithout(dataset, 'PlaneOrientationSequence', 'ImageOrientationPatient', 6);
      return frame && `${frame} has no ImageOrientationPatient`;
    },
  },
  {
    id: 'plane-position',
    refusedBy: ['dcmqi (3D Slicer)'],
    broken: ({ dataset, profile }) => {
      if (profile === 'strict' && !has(dataset, 'FrameOfReferenceUID')) return undefined;
      const frame = frameWithout(dataset, 'PlanePositionSequence', 'ImagePositionPatient', 3);
      return frame && `${frame} has no ImagePositionPatient`;
    },
  },
  {
    id: 'pixel-measures',
    refusedBy: ['OHIF', 'dcmqi (3D Slicer)'],
    broken: ({ dataset, profile }) => {
      if (profile === 'strict' && !has(dataset, 'FrameOfReferenceUID')) return undefined;
      const frame = frameWithout(dataset, 'PixelMeasuresSequence', 'PixelSpacing', 2);
      return frame && `${frame} has no PixelSpacing`;
    },
  },
  {
    id: 'strict-geometry',
    broken: ({ dataset, profile }) => {
      if (profile === 'viewer' || has(dataset, 'FrameOfReferenceUID')) return undefined;
      const groups = [
        ...items(dataset, 'SharedFunctionalGroupsSequence'),
        ...items(dataset, 'PerFrameFunctionalGroupsSequence'),
      ];
      const claimed = (['PlanePositionSequence', 'PlaneOrientationSequence'] as const).find((macro) =>
        groups.some((group) => has(group, macro)),
      );
      if (claimed) return `${claimed} without a Frame of Reference`;
      return has(dataset, 'PatientOrientation') ? undefined : 'PatientOrientation is absent';
    },
  },
];
