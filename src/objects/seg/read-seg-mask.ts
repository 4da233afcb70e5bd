import { type DicomJson, itemsOf, numberOf, stringOf, TAG } from '../../dicom/index.js';
import type { Mask } from '../../core/index.js';

/**
 * Which frame of a SEG (0-based) was made of a frame of a source; undefined when that one has no foreground.
 * @param frame 1-based; single-frame sources are referenced without a number
 */
export function segFrameOf(seg: DicomJson, source: string, frame: number): number | undefined {
  const index = itemsOf(seg, TAG.PerFrameFunctionalGroupsSequence).findIndex((groups) => {
    const image =
      itemsOf(itemsOf(groups, TAG.DerivationImageSequence)[0] ?? {}, TAG.SourceImageSequence)[0] ?? {};
    return (
      stringOf(image, TAG.ReferencedSOPInstanceUID) === source &&
      (numberOf(image, TAG.ReferencedFrameNumber) ?? 1) === frame
    );
  });
  return index < 0 ? undefined : index;
}

/**
 * One frame of a SEG with one segment, binary (packed bits) or label map (a byte a pixel).
 * @param seg its header
 * @param pixels its Pixel Data, uncompressed
 * @param frame 0-based
 * @returns undefined when header and Pixel Data do not fit
 */
export function readSegMask(seg: DicomJson, pixels: Uint8Array, frame: number): Mask | undefined {
  const rows = numberOf(seg, TAG.Rows) ?? 0;
  const columns = numberOf(seg, TAG.Columns) ?? 0;
  const bits = numberOf(seg, TAG.BitsAllocated) ?? 1;
  const count = rows * columns;
  if (count === 0 || (bits !== 1 && bits !== 8) || pixels.length * 8 < (frame + 1) * count * bits) {
    return undefined;
  }
  const data = new Uint8Array(count);
  const from = frame * count;
  for (let index = 0; index < count; index += 1) {
    const at = from + index;
    // Bits run on from frame to frame, least significant first (PS3.5 §8.1.1).
    data[index] = bits === 8 ? Number(pixels[at] !== 0) : (pixels[at >> 3]! >> (at & 7)) & 1;
  }
  return { rows, columns, data };
}
