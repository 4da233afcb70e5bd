import type { Uid } from '../../core/index.js';
import { encodePart10 } from '../shared/encode.js';
import { type ResultContent, resultContent } from '../shared/result-content.js';
import type { SegInput } from '../seg/index.js';
import { reportDataset } from './report-dataset.js';
import { reportIdentity } from './report-identity.js';

/** A finished report. */
export interface ReportObject {
  readonly sopInstanceUid: Uid;
  readonly seriesInstanceUid: Uid;
  /** Part 10 file, Explicit VR Little Endian. */
  readonly bytes: Uint8Array;
  /** What the archive must return of it. */
  readonly content: ResultContent;
}

/**
 * Measures the masks of a SEG and writes what was found as structured report (PS3.16 TID 1500).
 * @param input what the SEG was made of
 * @throws AppError `SEG_INVALID` when the encoder refuses the data set
 */
export function buildReport(input: SegInput): ReportObject {
  const identity = reportIdentity(input);
  const dataset = reportDataset(input, identity);
  return {
    sopInstanceUid: identity.sopInstanceUid,
    seriesInstanceUid: identity.seriesInstanceUid,
    bytes: encodePart10(dataset),
    content: resultContent(dataset, undefined),
  };
}
