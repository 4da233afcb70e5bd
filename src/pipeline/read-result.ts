import { type DicomJson, TAG } from '../dicom/index.js';
import type { DicomwebClient, InstancePath } from '../archive/index.js';
import { type ResultContent, resultContent } from '../objects/index.js';

/** What the archive has under the UIDs of a result; undefined when it has nothing. @throws AppError of the archive */
export async function readResult(
  dicomweb: DicomwebClient,
  path: InstancePath,
): Promise<ResultContent | undefined> {
  const metadata = await dicomweb.instanceMetadata(path);
  return metadata && resultContent(metadata, await pixelDataOf(dicomweb, metadata));
}

/** Pixel Data as the header holds or names it; undefined without any. */
async function pixelDataOf(dicomweb: DicomwebClient, metadata: DicomJson): Promise<Uint8Array | undefined> {
  const { BulkDataURI, InlineBinary } = metadata[TAG.PixelData] ?? {};
  if (InlineBinary !== undefined) return Buffer.from(InlineBinary, 'base64');
  return BulkDataURI === undefined ? undefined : dicomweb.bulkData(BulkDataURI);
}
