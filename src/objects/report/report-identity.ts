import { deriveUid, type Uid } from '../../core/index.js';
import { segIdentity, type SegIdentity, type SegInput } from '../seg/index.js';

/** Changes whenever the same masks would give other numbers, or the report says other things of them. */
const MEASURING_VERSION = '1';

/** The UIDs of a report and of the SEG it is about. */
export interface ReportIdentity {
  readonly seg: SegIdentity;
  readonly seriesInstanceUid: Uid;
  readonly sopInstanceUid: Uid;
  /** The device that reports: one for each set of weights, as in the SEG's equipment. */
  readonly deviceUid: Uid;
}

/** Derives the UIDs of a report: one SEG has one report. */
export function reportIdentity(input: SegInput): ReportIdentity {
  const seg = segIdentity(input);
  const derive = (role: string) => deriveUid('esp-medsam-sr', role, MEASURING_VERSION, seg.sopInstanceUid);
  return {
    seg,
    seriesInstanceUid: derive('series'),
    sopInstanceUid: derive('instance'),
    deviceUid: deriveUid('esp-medsam-device', input.algorithm.weightsSha256.toLowerCase()),
  };
}
