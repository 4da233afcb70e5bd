import { isUid } from '../../../core/index.js';
import { type DicomJson, itemsOf, tagOf } from '../../../dicom/index.js';
import { CODES } from '../../shared/codes.js';
import { firstFrame, groupOfFrames, has, hasCode, items, number, numbers, text } from './read.js';
import type { Rule } from './rule.js';

const frames = (dataset: DicomJson) => items(dataset, 'PerFrameFunctionalGroupsSequence');
const indexValues = (dataset: DicomJson) =>
  groupOfFrames(dataset, 'FrameContentSequence').map((group) =>
    group.flatMap((item) => numbers(item, 'DimensionIndexValues')),
  );

/** Frames, how they are told apart and what each was derived from. */
export const frameRules: readonly Rule[] = [
  {
    id: 'frame-count',
    refusedBy: ['OHIF', 'dcmqi (3D Slicer)'],
    broken: ({ dataset }) => {
      const count = number(dataset, 'NumberOfFrames');
      if (count === undefined || count < 1) return 'NumberOfFrames is not positive';
      if (items(dataset, 'SharedFunctionalGroupsSequence').length !== 1)
        return 'not one item of shared functional groups';
      return frames(dataset).length === count
        ? undefined
        : `${frames(dataset).length} frame items for ${count} frames`;
    },
  },
  {
    id: 'dimension-organization',
    broken: ({ dataset }) => {
      const declared = items(dataset, 'DimensionOrganizationSequence').map((item) =>
        text(item, 'DimensionOrganizationUID'),
      );
      if (declared.length === 0 || !declared.every(isUid)) return 'DimensionOrganizationSequence has no UID';
      const indices = items(dataset, 'DimensionIndexSequence');
      const known = indices.every((index) =>
        declared.some((uid) => uid === text(index, 'DimensionOrganizationUID')),
      );
      return known ? undefined : 'an index names an unknown dimension organization';
    },
  },
  {
    id: 'dimension-pointers',
    broken: ({ dataset }) => {
      const indices = items(dataset, 'DimensionIndexSequence');
      if (indices.length === 0) return 'DimensionIndexSequence is absent';
      for (const index of indices) {
        const pointer = text(index, 'DimensionIndexPointer') ?? '';
        const group = text(index, 'FunctionalGroupPointer') ?? '';
        const shared = items(dataset, 'SharedFunctionalGroupsSequence').flatMap((item) =>
          itemsOf(item, group),
        );
        const frame = firstFrame(frames(dataset), (item) =>
          [...itemsOf(item, group), ...shared].some((macro) => macro[pointer] !== undefined),
        );
        if (frame) return `${frame} lacks (${pointer}) that a dimension points to`;
      }
      return undefined;
    },
  },
  {
    id: 'dimension-values',
    broken: ({ dataset }) => {
      const dimensions = items(dataset, 'DimensionIndexSequence').length;
      const values = indexValues(dataset);
      const frame = firstFrame(
        values,
        (own) => own.length === dimensions && own.every((value) => value >= 1),
      );
      if (frame) return `${frame} has not ${dimensions} DimensionIndexValues from 1`;
      const distinct = new Set(values.map((own) => own.join('\\')));
      return distinct.size === values.length ? undefined : 'two frames have the same DimensionIndexValues';
    },
  },
  {
    id: 'derivation-image',
    refusedBy: ['OHIF'],
    broken: ({ dataset }) => {
      const frame = firstFrame(groupOfFrames(dataset, 'DerivationImageSequence'), (group) =>
        group.some(isSegmentation),
      );
      return frame && `${frame} does not say which image it is a segmentation of`;
    },
  },
];

function isSegmentation(derivation: DicomJson): boolean {
  if (!hasCode(derivation, 'DerivationCodeSequence', CODES.segmentation)) return false;
  const sources = items(derivation, 'SourceImageSequence');
  return sources.length > 0 && sources.every(isCompleteReference);
}

function isCompleteReference(source: DicomJson): boolean {
  return (
    isUid(text(source, 'ReferencedSOPClassUID')) &&
    isUid(text(source, 'ReferencedSOPInstanceUID')) &&
    text(source, 'SpatialLocationsPreserved') === 'YES' &&
    has(source, 'PurposeOfReferenceCodeSequence') &&
    source[tagOf('ReferencedFrameNumber')]?.Value?.length !== 0 &&
    hasCode(source, 'PurposeOfReferenceCodeSequence', CODES.sourceImage)
  );
}
