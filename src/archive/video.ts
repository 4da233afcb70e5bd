import { AppError } from '../core/index.js';
import { type DicomJson, stringOf, stringsOf, TAG } from '../dicom/index.js';

const LOSSY_METHOD = '00282114';
/** LossyImageCompressionMethod of MPEG-2, MPEG-4 and HEVC (PS3.3 C.7.6.1.1.5.1). */
const VIDEO_METHODS = new Set(['ISO_13818_1', 'ISO_14496_10', 'ISO_23008_2']);
/** MPEG and HEVC transfer syntaxes (PS3.6 Annex A): 1.2.840.10008.1.2.4.100 to .108. */
const VIDEO_SYNTAX = /^1\.2\.840\.10008\.1\.2\.4\.10[0-8](\.|$)/;

/** Whether an image is a video stream, by what only video has: its transfer syntax, or this photometric interpretation. */
export function isVideo(metadata: DicomJson): boolean {
  return (
    VIDEO_SYNTAX.test(stringOf(metadata, TAG.AvailableTransferSyntaxUID) ?? '') ||
    (stringOf(metadata, TAG.PhotometricInterpretation) === 'YBR_PARTIAL_420' && wasVideo(metadata))
  );
}

/** Whether an image was compressed as video last; true also for a still picture taken from one. */
export function wasVideo(metadata: DicomJson): boolean {
  return VIDEO_METHODS.has(stringsOf(metadata, LOSSY_METHOD).at(-1) ?? '');
}

/** Why a video ends as unsupported. */
export function videoError(): AppError {
  return new AppError('SYNTAX_UNSUPPORTED', 'MPEG video is not decoded by this service');
}
