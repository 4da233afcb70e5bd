import { AppError } from '../../core/index.js';

/** One marker segment of a JPEG or JPEG-LS stream. */
export interface JpegSegment {
  readonly marker: number;
  /** The segment's parameters, without marker and length. */
  readonly data: Uint8Array;
  /** Where the bytes after the segment start: for SOS, the entropy-coded data. */
  readonly next: number;
}

/** What the headers of a JPEG (T.81) or JPEG-LS (T.87) stream say. */
export interface JpegStructure {
  readonly segments: readonly JpegSegment[];
  /** The frame header's marker: 0xC0 baseline, 0xC1 extended, 0xC2 progressive, 0xC3 lossless, 0xF7 JPEG-LS. */
  readonly frameMarker: number;
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly components: readonly { readonly id: number; readonly h: number; readonly v: number }[];
  readonly jfif: boolean;
  /** Colour transform of an Adobe APP14 segment: 0 = none, 1 = YCbCr. */
  readonly adobeTransform: number | undefined;
  /** Whether EOI was found. Without it the last scan of a sequential DCT stream may be whole or cut off. */
  readonly complete: boolean;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const JPEG_LS_FRAME = 0xf7;

/**
 * Walks all markers from SOI to EOI: a stream that was cut off has no EOI and is refused here, while decoders
 * return a full-size picture for it. Only a sequential DCT stream with a scan of every component may lack it: whether
 * its last scan is whole, its decoder can tell.
 * @throws AppError `PIXELS_INVALID`
 */
export function parseJpeg(bytes: Uint8Array): JpegStructure {
  const { segments, complete } = readSegments(bytes);
  const frame = segments.find(({ marker }) => isFrame(marker));
  if (frame === undefined || frame.data.length < 6) throw damaged('has no frame header');
  const { data } = frame;
  const count = data[5]!;
  if (count < 1 || data.length < 6 + 3 * count) throw damaged('has a damaged frame header');
  const adobe = segments.find(
    ({ marker, data }) => marker === 0xee && data.length >= 12 && startsWith(data, 'Adobe'),
  );
  return {
    segments,
    frameMarker: frame.marker,
    precision: data[0]!,
    rows: data[1]! * 256 + data[2]!,
    columns: data[3]! * 256 + data[4]!,
    components: Array.from({ length: count }, (_, i) => ({
      id: data[6 + 3 * i]!,
      h: data[7 + 3 * i]! >> 4,
      v: data[7 + 3 * i]! & 15,
    })),
    jfif: segments.some(({ marker, data }) => marker === 0xe0 && startsWith(data, 'JFIF')),
    adobeTransform: adobe?.data[11],
    complete,
  };
}

function readSegments(bytes: Uint8Array): { segments: readonly JpegSegment[]; complete: boolean } {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== SOI) throw damaged('does not start with SOI');
  const segments: JpegSegment[] = [];
  let at = 2;
  for (;;) {
    // Any number of fill bytes may precede a marker.
    if (bytes[at] !== 0xff)
      throw damaged(at < bytes.length ? 'has no marker where one belongs' : 'ends early');
    while (bytes[at] === 0xff) at += 1;
    const marker = bytes[at];
    if (marker === undefined) throw damaged('ends early');
    if (marker === EOI) return { segments, complete: true };
    const length = (bytes[at + 1] ?? 0) * 256 + (bytes[at + 2] ?? 0);
    const next = at + 1 + length;
    if (length < 2 || next > bytes.length) throw damaged('ends early');
    segments.push({ marker, data: bytes.subarray(at + 3, next), next });
    if (marker !== SOS) {
      at = next;
      continue;
    }
    const end = skipScan(
      bytes,
      next,
      segments.some((s) => s.marker === JPEG_LS_FRAME),
    );
    if (end === undefined) {
      if (!mayLackEnd(segments)) throw damaged('ends early');
      return { segments, complete: false };
    }
    at = end;
  }
}

/** Baseline and extended sequential streams whose scans have begun for all components. */
function mayLackEnd(segments: readonly JpegSegment[]): boolean {
  const frame = segments.find(({ marker }) => isFrame(marker));
  if (frame?.marker !== 0xc0 && frame?.marker !== 0xc1) return false;
  const scanned = segments
    .filter(({ marker }) => marker === SOS)
    .reduce((sum, { data }) => sum + (data[0] ?? 0), 0);
  return scanned === frame.data[5];
}

/** The position of the marker that ends a scan, if one does. A marker is FF and then, in JPEG-LS, a byte of 80 or more. */
function skipScan(bytes: Uint8Array, from: number, jpegLs: boolean): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code === undefined) break;
    const restart = code >= 0xd0 && code <= 0xd7;
    const marker = jpegLs ? code >= 0x80 && code !== 0xff : code !== 0 && code !== 0xff;
    if (marker && !restart) return at;
  }
  return undefined;
}

function isFrame(marker: number): boolean {
  if (marker === JPEG_LS_FRAME) return true;
  // C4 = DHT, C8 = reserved, CC = DAC
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function startsWith(data: Uint8Array, text: string): boolean {
  return [...text].every((letter, i) => data[i] === letter.charCodeAt(0));
}

function damaged(what: string): AppError {
  return new AppError('PIXELS_INVALID', `JPEG stream ${what}`);
}
