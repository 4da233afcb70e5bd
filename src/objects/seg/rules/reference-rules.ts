import { isUid } from '../../../core/index.js';
import { type DicomJson, frameCount } from '../../../dicom/index.js';
import { firstFrame, has, items, number, sourceImagesOfFrames, text } from './read.js';
import type { Rule } from './rule.js';

/** The source images, by series and by frame. */
export const referenceRules: readonly Rule[] = [
  {
    id: 'referenced-series',
    refusedBy: ['OHIF'],
    broken: ({ dataset }) => {
      const series = items(dataset, 'ReferencedSeriesSequence');
      if (series.length === 0) return 'ReferencedSeriesSequence is absent';
      if (!series.every((item) => isUid(text(item, 'SeriesInstanceUID'))))
        return 'an item has no SeriesInstanceUID';
      const listed = new Set(
        series
          .flatMap((item) => items(item, 'ReferencedInstanceSequence'))
          .map((item) => text(item, 'ReferencedSOPInstanceUID')),
      );
      const frame = firstFrame(sourceImagesOfFrames(dataset), (images) =>
        images.every((image) => listed.has(text(image, 'ReferencedSOPInstanceUID'))),
      );
      return frame && `the instance that ${frame} refers to is not listed`;
    },
  },
  {
    id: 'source-instances',
    broken: ({ dataset, sources }) => {
      if (!sources) return undefined;
      const frame = firstFrame(sourceImagesOfFrames(dataset), (images) =>
        images.every((image) => isReferenceTo(image, sources[sourceIndex(image, sources)])),
      );
      return frame && `${frame} refers to no frame of a source`;
    },
  },
  {
    id: 'frame-order',
    broken: ({ dataset, sources }) => {
      if (!sources) return undefined;
      const places = sourceImagesOfFrames(dataset).map((images) => {
        const image = images[0] ?? {};
        return sourceIndex(image, sources) * 1e6 + (number(image, 'ReferencedFrameNumber') ?? 1);
      });
      const frame = firstFrame(places, (place, i) => i === 0 || place > places[i - 1]!);
      return frame && `${frame} is not in the order of the sources`;
    },
  },
];

function sourceIndex(image: DicomJson, sources: readonly DicomJson[]): number {
  const uid = text(image, 'ReferencedSOPInstanceUID');
  return sources.findIndex((source) => text(source, 'SOPInstanceUID') === uid);
}

function isReferenceTo(image: DicomJson, source: DicomJson | undefined): boolean {
  if (!source || text(image, 'ReferencedSOPClassUID') !== text(source, 'SOPClassUID')) return false;
  const frames = frameCount(source);
  if (frames === 1)
    return !has(image, 'ReferencedFrameNumber') || number(image, 'ReferencedFrameNumber') === 1;
  const frame = number(image, 'ReferencedFrameNumber') ?? 0;
  return frame >= 1 && frame <= frames;
}
