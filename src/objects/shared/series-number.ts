import { type DicomJson, numberOf, TAG } from '../../dicom/index.js';

/**
 * Places a result near its source in a list sorted by series number.
 * @param place below 100; tells results of one source apart
 */
export function seriesNumber(source: DicomJson, place: number): number {
  const number = Math.trunc(numberOf(source, TAG.SeriesNumber) ?? 0);
  return number >= 0 && number < 10_000_000 ? number * 100 + place : 8910 + place;
}
