/** Words and small values every layer shares. Imports nothing of ours. */
export * from './channel.js';
export * from '../dicom/dicom-json.js';
export * from './errors.js';
export * from './outcome.js';
export * from './own-names.js';
export * from './problem.js';
export * from './pseudonym.js';
export * from './raster.js';
export * from './self-test-study.js';
export * from '../dicom/tags.js';
export * from '../dicom/transfer-syntax.js';
export * from './uid.js';
export * from './write-test-study.js';
