/** Structured reports on our segmentations: how large they are. Pure, like the SEG that they refer to. */
export { buildReport } from './build-report.js';
