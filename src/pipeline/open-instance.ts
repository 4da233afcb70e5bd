import {
  type FramedInstance,
  type DicomwebClient,
  type InstancePath,
  isVideo,
  videoError,
  wasVideo,
} from '../archive/index.js';
import { type DicomJson, frameCount, TAG } from '../dicom/index.js';
import { bulkDataNeeded, describePixels } from '../model/index.js';

/**
 * Fetches the look-up tables that the metadata name only by URI, then describes the pixels.
 * @throws AppError `SYNTAX_UNSUPPORTED` for video
 */
export async function openInstance(
  dicomweb: DicomwebClient,
  path: InstancePath,
  metadata: DicomJson,
): Promise<FramedInstance> {
  if (isVideo(metadata)) throw videoError();
  const bulk = new Map<string, Uint8Array>();
  for (const { uri } of bulkDataNeeded(metadata)) bulk.set(uri, await dicomweb.bulkData(uri));
  const pixelDataUri = metadata[TAG.PixelData]?.BulkDataURI;
  let whole: Promise<Uint8Array> | undefined;
  return {
    path,
    frames: frameCount(metadata),
    describe: (frameNumber) => describePixels(metadata, bulk, frameNumber - 1),
    wholePixelData:
      pixelDataUri === undefined ? undefined : () => (whole ??= dicomweb.bulkData(pixelDataUri)),
    wasVideo: wasVideo(metadata),
  };
}
