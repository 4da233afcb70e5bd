import { AppError, type DicomJson, type PixelDescription } from '../core/index.js';
import type { DicomwebClient, InstancePath } from '../dicomweb/archive/index.js';
import { bulkDataNeeded } from '../model/describe/bulk-data-needed.js';
import { describePixels, frameCount } from '../model/describe/describe-pixels.js';
import type { EncodedFrame } from '../model/protocol.js';

/** An instance ready to have its frames fetched. */
export interface FrameSource {
  readonly path: InstancePath;
  readonly frames: number;
  /** The picture of a frame; frames of an enhanced multi-frame may differ in window and rescale. */
  readonly describe: (frameNumber: number) => PixelDescription;
}

/** Fetches the look-up tables that the metadata name only by URI, then describes the pixels. */
export async function openFrameSource(
  dicomweb: DicomwebClient,
  path: InstancePath,
  metadata: DicomJson,
): Promise<FrameSource> {
  const bulk = new Map<string, Uint8Array>();
  for (const { uri } of bulkDataNeeded(metadata)) bulk.set(uri, await dicomweb.bulkData(uri));
  return {
    path,
    frames: frameCount(metadata),
    describe: (frameNumber) => describePixels(metadata, bulk, frameNumber - 1),
  };
}

/** A frame as stored; where the archive cannot give it so, as Explicit VR Little Endian. */
export async function fetchFrame(
  dicomweb: DicomwebClient,
  source: FrameSource,
  frameNumber: number,
): Promise<EncodedFrame> {
  const pixels = source.describe(frameNumber);
  try {
    const frame = await dicomweb.frame(source.path, frameNumber, 'as-stored');
    return { ...frame, pixels };
  } catch (error) {
    if (!(error instanceof AppError) || !['ARCHIVE_REFUSED', 'ARCHIVE_BAD_ANSWER'].includes(error.code))
      throw error;
    return fetchUncompressed(dicomweb, source, frameNumber);
  }
}

/** A frame that the archive has decoded; for syntaxes that our decoders do not know. */
export async function fetchUncompressed(
  dicomweb: DicomwebClient,
  source: FrameSource,
  frameNumber: number,
): Promise<EncodedFrame> {
  const frame = await dicomweb.frame(source.path, frameNumber, 'uncompressed');
  return { ...frame, pixels: afterTranscoding(source.describe(frameNumber)) };
}

// An archive that decodes JPEG or JPEG 2000 also undoes its colour transform, and writes colour by pixel.
const UNDONE = new Set(['YBR_FULL_422', 'YBR_PARTIAL_422', 'YBR_PARTIAL_420', 'YBR_ICT', 'YBR_RCT']);

function afterTranscoding(pixels: PixelDescription): PixelDescription {
  if (!UNDONE.has(pixels.photometricInterpretation)) return pixels;
  return { ...pixels, photometricInterpretation: 'RGB', planarConfiguration: 0 };
}

/** Whether a frame that the engine refused is worth asking for again, decoded by the archive. */
export function worthTranscoding(error: unknown, frame: EncodedFrame): boolean {
  return (
    error instanceof AppError &&
    error.code === 'SYNTAX_UNSUPPORTED' &&
    frame.transferSyntaxUid !== '1.2.840.10008.1.2.1'
  );
}
