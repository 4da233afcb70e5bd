import { AppError, type EncodedFrame, type PixelDescription } from '../core/index.js';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../dicom/index.js';
import { codestreamSyntax } from './codestream-syntax.js';
import type { DicomwebClient, InstancePath } from './dicomweb-client.js';
import { videoError } from './video.js';

/** An instance whose frames are to be fetched. */
export interface FramedInstance {
  readonly path: InstancePath;
  readonly frames: number;
  /** The picture of a frame (1-based); frames of an enhanced multi-frame may differ in window and rescale. */
  readonly describe: (frameNumber: number) => PixelDescription;
  /** The whole of uncompressed pixel data, where the archive names it; fetched once. */
  readonly wholePixelData: (() => Promise<Uint8Array>) | undefined;
  /** The header tells of video, so that a refusal of the archive is no surprise. */
  readonly wasVideo: boolean;
}

/**
 * Fetches a frame (1-based) as stored; where the archive cannot give it so, as Explicit VR Little Endian.
 * @throws AppError of the archive; `SYNTAX_UNSUPPORTED` for video
 */
export async function fetchWithArchiveFallback(
  dicomweb: DicomwebClient,
  instance: FramedInstance,
  frameNumber: number,
): Promise<EncodedFrame> {
  const pixels = instance.describe(frameNumber);
  try {
    const frame = await dicomweb.frame(instance.path, frameNumber, 'as-stored');
    return { ...frame, pixels };
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  try {
    return await fetchUncompressed(dicomweb, instance, frameNumber);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (instance.wasVideo) throw videoError();
    const frame = await cutSubsampled(instance, frameNumber, pixels);
    if (!frame) throw error;
    return frame;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof AppError && ['ARCHIVE_REFUSED', 'ARCHIVE_BAD_ANSWER'].includes(error.code);
}

/**
 * A frame of uncompressed YBR_FULL_422, cut from the whole pixel data: Orthanc counts three bytes a pixel where
 * there are two (PS3.3 C.7.6.3.1.2) and gives no frame. Undefined when the pixel data are of another length.
 */
async function cutSubsampled(
  instance: FramedInstance,
  frameNumber: number,
  pixels: PixelDescription,
): Promise<EncodedFrame | undefined> {
  if (pixels.photometricInterpretation !== 'YBR_FULL_422' || pixels.bitsAllocated !== 8) return undefined;
  const whole = await instance.wholePixelData?.();
  const length = pixels.rows * pixels.columns * 2;
  if (whole?.length !== length * instance.frames) return undefined;
  const bytes = whole.subarray((frameNumber - 1) * length, frameNumber * length);
  return { bytes, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN, pixels };
}

/** A frame that the archive has decoded; for syntaxes that our decoders do not know. */
async function fetchUncompressed(
  dicomweb: DicomwebClient,
  instance: FramedInstance,
  frameNumber: number,
): Promise<EncodedFrame> {
  const { bytes, transferSyntaxUid } = await dicomweb.frame(instance.path, frameNumber, 'uncompressed');
  const pixels = instance.describe(frameNumber);
  const native = pixels.rows * pixels.columns * pixels.samplesPerPixel * (pixels.bitsAllocated / 8);
  // Orthanc 1.10 sends what it cannot decode (HTJ2K) as it is and calls it Explicit VR Little Endian.
  const untouched = bytes.length < native ? codestreamSyntax(bytes) : undefined;
  if (untouched !== undefined) return { bytes, transferSyntaxUid: untouched, pixels };
  return { bytes, transferSyntaxUid, pixels: afterTranscoding(pixels) };
}

// An archive that decodes JPEG or JPEG 2000 also undoes its colour transform, and writes colour by pixel.
const UNDONE = new Set(['YBR_FULL_422', 'YBR_PARTIAL_422', 'YBR_PARTIAL_420', 'YBR_ICT', 'YBR_RCT']);

function afterTranscoding(pixels: PixelDescription): PixelDescription {
  if (!UNDONE.has(pixels.photometricInterpretation)) return pixels;
  return { ...pixels, photometricInterpretation: 'RGB', planarConfiguration: 0 };
}

/**
 * Hands a frame to a decoder; where its syntax is refused, hands over what the archive makes of it.
 * @throws AppError `SYNTAX_UNSUPPORTED` when neither decodes it: trying again would not help
 */
export async function decodeWithArchiveFallback<T>(
  dicomweb: DicomwebClient,
  instance: FramedInstance,
  frameNumber: number,
  frame: EncodedFrame,
  decode: (frame: EncodedFrame) => Promise<T>,
): Promise<T> {
  try {
    return await decode(frame);
  } catch (refused) {
    if (!worthTranscoding(refused, frame)) throw refused;
    try {
      return await decode(await fetchUncompressed(dicomweb, instance, frameNumber));
    } catch (error) {
      throw isRefusal(error) || isUndecodable(error) ? refused : error;
    }
  }
}

function isUndecodable(error: unknown): boolean {
  return error instanceof AppError && ['PIXELS_INVALID', 'SYNTAX_UNSUPPORTED'].includes(error.code);
}

/** Whether a frame that was refused is worth asking for again, decoded by the archive. */
function worthTranscoding(error: unknown, frame: EncodedFrame): boolean {
  return (
    error instanceof AppError &&
    error.code === 'SYNTAX_UNSUPPORTED' &&
    frame.transferSyntaxUid !== EXPLICIT_VR_LITTLE_ENDIAN
  );
}
