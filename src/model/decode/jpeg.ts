import { AppError, type PixelDescription } from '../../core/index.js';
import { alignBits } from './align-bits.js';
import { checkLength, checkPicture } from './check-picture.js';
import { decodeJpegLossless } from './jpeg-lossless.js';
import { parseJpeg, type JpegStructure } from './jpeg-structure.js';
import { sampleCount, type DecodedFrame } from './samples.js';
import { WasmCodec } from './wasm-codec.js';

const turbo = new WasmCodec('JPEG', async (print) => {
  const { default: factory } = await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
  return (await factory({ print, printErr: print })).JPEGDecoder;
});

const LOSSLESS = 0xc3;
/** Baseline, extended, progressive: what libjpeg-turbo decodes. */
const DCT = [0xc0, 0xc1, 0xc2];

/**
 * Decodes the JPEG family (.50, .51, .57, .70). The stream's own frame header says which process it is: files that
 * name another process in their transfer syntax exist.
 */
export async function decodeJpeg(bytes: Uint8Array, pixels: PixelDescription): Promise<DecodedFrame> {
  const jpeg = parseJpeg(bytes);
  const size = { ...jpeg, components: jpeg.components.length };
  if (DCT.includes(jpeg.frameMarker) && jpeg.precision === 12) {
    throw new AppError(
      'SYNTAX_UNSUPPORTED',
      'JPEG Extended with 12 bits a sample is not decoded by this service',
    );
  }
  checkPicture('JPEG', size, pixels);
  if (jpeg.frameMarker === LOSSLESS) {
    const samples = decodeJpegLossless(bytes, jpeg);
    return alignBits(samples, pixels, 0, Math.min(jpeg.precision, pixels.bitsStored));
  }
  if (!DCT.includes(jpeg.frameMarker) || jpeg.precision !== 8) {
    throw new AppError('SYNTAX_UNSUPPORTED', 'This process of JPEG is not decoded by this service');
  }
  // A scan that is really cut off is refused by the decoder: it misses data before the EOI put there.
  const whole = jpeg.complete ? bytes : withEnd(bytes);
  const picture = await turbo.decode(isUnmarkedRgb(jpeg, pixels) ? withoutTransform(whole) : whole);
  checkPicture(
    'JPEG',
    { rows: picture.height, columns: picture.width, components: picture.components, precision: 8 },
    pixels,
  );
  checkLength('JPEG', picture.bytes, sampleCount(pixels));
  const photometricInterpretation = colourAfter(jpeg, pixels);
  const notes = [
    ...(jpeg.complete ? [] : ['the JPEG stream lacks its end marker, its scan is complete']),
    ...(isSubsampled(jpeg) && pixels.photometricInterpretation === 'RGB' && jpeg.adobeTransform === undefined
      ? ['the JPEG stream has subsampled chroma although PhotometricInterpretation is RGB: read as YCbCr']
      : []),
  ];
  return {
    ...alignBits(picture.bytes, { ...pixels, photometricInterpretation, pixelRepresentation: 0 }, 0, 8),
    ...(notes.length > 0 && { notes }),
  };
}

const isSubsampled = ({ components }: JpegStructure) =>
  components.some(({ h, v }) => h !== components[0]!.h || v !== components[0]!.v);

/**
 * libjpeg takes three components without JFIF or Adobe marker for YCbCr unless they are named R, G and B. Where the
 * chroma is subsampled it is right, whatever the label: nobody halves the resolution of green and blue.
 */
function isUnmarkedRgb(jpeg: JpegStructure, pixels: PixelDescription): boolean {
  return (
    pixels.photometricInterpretation === 'RGB' &&
    jpeg.components.length === 3 &&
    !jpeg.jfif &&
    jpeg.adobeTransform === undefined &&
    !isSubsampled(jpeg)
  );
}

function withEnd(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + 2);
  out.set(bytes);
  out.set([0xff, 0xd9], bytes.length);
  return out;
}

/** Puts an Adobe APP14 segment "no colour transform" behind SOI. */
function withoutTransform(bytes: Uint8Array): Uint8Array {
  const adobe = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0];
  const out = new Uint8Array(bytes.length + adobe.length);
  out.set(bytes.subarray(0, 2));
  out.set(adobe, 2);
  out.set(bytes.subarray(2), 2 + adobe.length);
  return out;
}

/** libjpeg returns RGB, except where an Adobe marker says that no transform was made: then it is what was stored. */
function colourAfter(jpeg: JpegStructure, pixels: PixelDescription): string {
  if (jpeg.components.length === 1) return pixels.photometricInterpretation;
  const raw = jpeg.adobeTransform === 0 && pixels.photometricInterpretation.startsWith('YBR_FULL');
  return raw ? 'YBR_FULL' : 'RGB';
}
