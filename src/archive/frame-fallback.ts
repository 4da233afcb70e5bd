import { AppError, type EncodedFrame, type PixelDescription } from '../core/index.js';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../dicom/index.js';
import { codestreamSyntax, syntaxOfFirstBytes } from './codestream-syntax.js';
import type { DicomwebClient, InstancePath, RetrievedFrame } from './dicomweb-client.js';
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
    return { ...frame, transferSyntaxUid: syntaxOf(frame, pixels), pixels };
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  try {
    return await fetchUncompressed(dicomweb, instance, frameNumber);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (instance.wasVideo) throw videoError();
    const frame = await cutFromWhole(instance, frameNumber, pixels);
    if (!frame) throw error;
    return frame;
  }
}

/** What the archive says; where it says nothing, what the first bytes say of a frame that is not of native length. */
function syntaxOf({ bytes, transferSyntaxUid }: RetrievedFrame, pixels: PixelDescription): string {
  if (transferSyntaxUid !== undefined) return transferSyntaxUid;
  const native = nativeLength(pixels);
  // A frame of odd length may have been padded.
  if (bytes.length === native || bytes.length === native + 1) return EXPLICIT_VR_LITTLE_ENDIAN;
  return syntaxOfFirstBytes(bytes) ?? EXPLICIT_VR_LITTLE_ENDIAN;
}

/** Bytes of a frame that is not compressed. */
function nativeLength({ rows, columns, samplesPerPixel, bitsAllocated }: PixelDescription): number {
  return rows * columns * samplesPerPixel * (bitsAllocated / 8);
}

function isRefusal(error: unknown): boolean {
  return error instanceof AppError && ['ARCHIVE_REFUSED', 'ARCHIVE_BAD_ANSWER'].includes(error.code);
}

/**
 * A frame cut from the whole of uncompressed pixel data, where the archive gives no frame: Orthanc counts three bytes a
 * pixel of YBR_FULL_422 where there are two (PS3.3 C.7.6.3.1.2), and no frame where NumberOfFrames is 0. Undefined when
 * the pixel data are of another length.
 */
async function cutFromWhole(
  instance: FramedInstance,
  frameNumber: number,
  pixels: PixelDescription,
): Promise<EncodedFrame | undefined> {
  const subsampled = pixels.photometricInterpretation === 'YBR_FULL_422' && pixels.bitsAllocated === 8;
  const length = subsampled ? pixels.rows * pixels.columns * 2 : nativeLength(pixels);
  const whole = await instance.wholePixelData?.();
  const expected = length * instance.frames;
  if (whole === undefined || (whole.length !== expected && whole.length !== expected + (expected % 2))) {
    return undefined;
  }
  const bytes = whole.subarray((frameNumber - 1) * length, frameNumber * length);
  return { bytes, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN, pixels };
}

/** A frame that the archive has decoded; for syntaxes that our decoders do not know. */
async function fetchUncompressed(
  dicomweb: DicomwebClient,
  instance: FramedInstance,
  frameNumber: number,
): Promise<EncodedFrame> {
  const frame = await dicomweb.frame(instance.path, frameNumber, 'uncompressed');
  const { bytes } = frame;
  const pixels = instance.describe(frameNumber);
  // Orthanc 1.10 sends what it cannot decode (HTJ2K) as it is and calls it Explicit VR Little Endian.
  const untouched = bytes.length < nativeLength(pixels) ? codestreamSyntax(bytes) : undefined;
  if (untouched !== undefined) return { bytes, transferSyntaxUid: untouched, pixels };
  const transferSyntaxUid = syntaxOf(frame, pixels);
  const decodedThere =
    transferSyntaxUid === EXPLICIT_VR_LITTLE_ENDIAN || frame.transferSyntaxUid !== undefined;
  return { bytes, transferSyntaxUid, pixels: decodedThere ? afterTranscoding(pixels) : pixels };
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
