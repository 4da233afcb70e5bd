import { isUid } from '../../core/index.js';
import { type DicomJson, itemsOf, numberOf, numbersOf, stringOf, TAG } from '../../dicom/index.js';
import { checkSeg, type Violation } from './check.js';
import type { CheckSubject } from './rules/rule.js';

/** Rules on planes in a patient, which a slide does not have. */
const OF_PATIENTS = new Set(['plane-orientation', 'plane-position']);

/** Checks a SEG in tile geometry: all rules but those on planes, and that every tile lies in the matrix. */
export function checkWsiSeg(dataset: DicomJson, known: Omit<CheckSubject, 'dataset'>): readonly Violation[] {
  const general = checkSeg(dataset, known).filter(({ rule }) => !OF_PATIENTS.has(rule));
  const message = brokenTiles(dataset);
  return message === undefined ? general : [...general, { rule: 'tile-geometry', message, refusedBy: [] }];
}

function brokenTiles(dataset: DicomJson): string | undefined {
  if (!isUid(stringOf(dataset, TAG.FrameOfReferenceUID))) return 'FrameOfReferenceUID is absent';
  if (numbersOf(dataset, TAG.ImageOrientationSlide).length !== 6) return 'ImageOrientationSlide is absent';
  if (itemsOf(dataset, TAG.TotalPixelMatrixOriginSequence).length !== 1)
    return 'TotalPixelMatrixOriginSequence has not one item';
  const width = numberOf(dataset, TAG.TotalPixelMatrixColumns) ?? 0;
  const height = numberOf(dataset, TAG.TotalPixelMatrixRows) ?? 0;
  const wrong = itemsOf(dataset, TAG.PerFrameFunctionalGroupsSequence).findIndex((frame) => {
    const position = itemsOf(frame, TAG.PlanePositionSlideSequence)[0] ?? {};
    const column = numberOf(position, TAG.ColumnPositionInTotalImagePixelMatrix) ?? 0;
    const row = numberOf(position, TAG.RowPositionInTotalImagePixelMatrix) ?? 0;
    return column < 1 || row < 1 || column > width || row > height;
  });
  return wrong < 0 ? undefined : `frame ${wrong + 1} does not begin inside the total pixel matrix`;
}
