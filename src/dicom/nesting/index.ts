/** How deep the sequences of a DICOM object lie in each other, read in the pieces in which it comes. */
export { type NestingReader, openNestingReader } from './nesting-reader.js';
