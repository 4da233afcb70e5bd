import { AppError } from '../core/index.js';
import { type DicomJson, stringOf, stringsOf, TAG, transferSyntaxOf } from '../dicom/index.js';

/** LossyImageCompressionMethod of MPEG-2, MPEG-4 and HEVC (PS3.3 C.7.6.1.1.5.1). */
const VIDEO_METHODS = new Set(['ISO_13818_1', 'ISO_14496_10', 'ISO_23008_2']);

/** Whether an image is a video stream, by what only video has: its transfer syntax, or this photometric interpretation. */
export function isVideo(metadata: DicomJson): boolean {
  return (
    transferSyntaxOf(stringOf(metadata, TAG.AvailableTransferSyntaxUID) ?? '')?.decoder === 'video' ||
    (stringOf(metadata, TAG.PhotometricInterpretation) === 'YBR_PARTIAL_420' && wasVideo(metadata))
  );
}

/** Whether an image was compressed as video last; true also for a still picture taken from one. */
export function wasVideo(metadata: DicomJson): boolean {
  return VIDEO_METHODS.has(stringsOf(metadata, TAG.LossyImageCompressionMethod).at(-1) ?? '');
}

/** Why a video ends as unsupported. */
export function videoError(): AppError {
  return new AppError('SYNTAX_UNSUPPORTED', 'MPEG video is not decoded by this service');
}
