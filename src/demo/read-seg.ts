import { type DicomJson, itemsOf, numberOf, stringOf, TAG } from '../dicom/index.js';

/** The masks of a SEG with one segment, by the source frame they belong to. */
export interface SegMasks {
  readonly rows: number;
  readonly columns: number;
  /** Key: `<SOPInstanceUID>` or `<SOPInstanceUID>.f<frame>` of the source; value: rows × columns bytes of 0 or 1. */
  readonly masks: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads one of our SEGs back, for comparing with reference masks.
 * @param metadata its header as the archive returns it
 * @param file its Part 10 file; Pixel Data is the last element
 */
export function readSeg(metadata: DicomJson, file: Uint8Array): SegMasks {
  const rows = numberOf(metadata, TAG.Rows) ?? 0;
  const columns = numberOf(metadata, TAG.Columns) ?? 0;
  const frames = itemsOf(metadata, TAG.PerFrameFunctionalGroupsSequence);
  const bits = numberOf(metadata, TAG.BitsAllocated) ?? 1;
  const length = Math.ceil((rows * columns * frames.length * bits) / 16) * 2;
  const header = Buffer.from(file.subarray(file.length - length - 12, file.length - length));
  if (
    header.readUInt16LE(0) !== 0x7fe0 ||
    header.readUInt16LE(2) !== 0x0010 ||
    header.readUInt32LE(8) !== length
  ) {
    throw new Error('the SEG does not end with uncompressed Pixel Data of the expected length');
  }
  const pixels = file.subarray(file.length - length);
  const masks = new Map<string, Uint8Array>();
  for (const [index, frame] of frames.entries()) {
    const source =
      itemsOf(itemsOf(frame, TAG.DerivationImageSequence)[0] ?? {}, TAG.SourceImageSequence)[0] ?? {};
    const uid = stringOf(source, TAG.ReferencedSOPInstanceUID) ?? '';
    const frameNumber = numberOf(source, TAG.ReferencedFrameNumber);
    masks.set(
      frameNumber === undefined ? uid : `${uid}.f${frameNumber}`,
      bits === 1 ? unpack(pixels, index, rows * columns) : labelsOf(pixels, index, rows * columns),
    );
  }
  return { rows, columns, masks };
}

/** One frame of a label map, a byte a pixel; foreground is what has a segment's number. */
function labelsOf(pixels: Uint8Array, frame: number, count: number): Uint8Array {
  return pixels.slice(frame * count, (frame + 1) * count).map((label) => (label === 0 ? 0 : 1));
}

/** Bits of one frame, least significant first, packed continuously over all frames (PS3.5 §8.1.1). */
function unpack(packed: Uint8Array, frame: number, count: number): Uint8Array {
  const bits = new Uint8Array(count);
  const from = frame * count;
  for (let index = 0; index < count; index += 1) {
    bits[index] = (packed[(from + index) >> 3]! >> ((from + index) & 7)) & 1;
  }
  return bits;
}
