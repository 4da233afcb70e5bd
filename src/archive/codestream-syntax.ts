const JPEG_2000 = '1.2.840.10008.1.2.4.90';
const HTJ2K = '1.2.840.10008.1.2.4.201';
/** SOC and SIZ, the start of every JPEG 2000 codestream (T.800 Annex A). */
const START = [0xff, 0x4f, 0xff, 0x51];
/** Position of Rsiz behind SOC, SIZ and its length; this bit of its first byte says high throughput (T.814). */
const CAPABILITIES = 6;
const HIGH_THROUGHPUT = 0x40;

/** The transfer syntax that bytes are in when they are a JPEG 2000 codestream, whatever their sender calls them. */
export function codestreamSyntax(bytes: Uint8Array): string | undefined {
  if (!startsWith(bytes, START)) return undefined;
  return ((bytes[CAPABILITIES] ?? 0) & HIGH_THROUGHPUT) !== 0 ? HTJ2K : JPEG_2000;
}

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const JPEG_LS = '1.2.840.10008.1.2.4.80';
const RLE = '1.2.840.10008.1.2.5';
/** SOI of JPEG and JPEG-LS, and the frame header of the latter (T.87). */
const SOI = [0xff, 0xd8, 0xff];
const JPEG_LS_FRAME = 0xf7;
/** The signature box of a JP2 file. */
const JP2 = [0, 0, 0, 12, 0x6a, 0x50];
const RLE_HEADER_LENGTH = 64;

/**
 * The transfer syntax that a compressed frame is in, by how it begins; the process of a JPEG stream is read from the
 * stream itself when it is decoded.
 * @returns undefined when it begins like none that is decoded here
 */
export function syntaxOfFirstBytes(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, SOI)) return isJpegLs(bytes) ? JPEG_LS : JPEG_BASELINE;
  if (startsWith(bytes, JP2)) return JPEG_2000;
  return codestreamSyntax(bytes) ?? (isRle(bytes) ? RLE : undefined);
}

const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
  start.every((byte, i) => bytes[i] === byte);

/** Walks the segments before the first scan for a frame header of JPEG-LS. */
function isJpegLs(bytes: Uint8Array): boolean {
  for (let at = 2; bytes[at] === 0xff; at += 2 + bytes[at + 2]! * 256 + bytes[at + 3]!) {
    if (bytes[at + 1] === JPEG_LS_FRAME) return true;
    if (bytes[at + 1] === 0xda || at + 3 >= bytes.length) return false;
  }
  return false;
}

/** The header of RLE (PS3.5 §G.5): 1 to 15 segments, their offsets rising from the header's end, then zeros. */
function isRle(bytes: Uint8Array): boolean {
  if (bytes.length <= RLE_HEADER_LENGTH) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, RLE_HEADER_LENGTH);
  const count = view.getUint32(0, true);
  if (count < 1 || count > 15) return false;
  const offsets = Array.from({ length: 15 }, (_, i) => view.getUint32(4 + 4 * i, true));
  return offsets.every((offset, i) => {
    if (i >= count) return offset === 0;
    return i === 0 ? offset === RLE_HEADER_LENGTH : offset > offsets[i - 1]! && offset < bytes.length;
  });
}
