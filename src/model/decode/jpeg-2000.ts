import { AppError, type PixelDescription } from '../../core/index.js';
import { alignBits } from './align-bits.js';
import { readSamples } from './byte-order.js';
import { checkLength, checkPicture } from './check-picture.js';
import { parseJ2k } from './j2k-structure.js';
import { sampleCount, type DecodedFrame } from './samples.js';
import { WasmCodec } from './wasm-codec.js';

const openjpeg = new WasmCodec('JPEG 2000', async (print) => {
  const { default: factory } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs');
  return (await factory({ print, printErr: print })).J2KDecoder;
});

const openjph = new WasmCodec('HTJ2K', async (print) => {
  const { default: factory } = await import('@cornerstonejs/codec-openjph/wasmjs');
  return (await factory({ print, printErr: print })).HTJ2KDecoder;
});

/** Decodes JPEG 2000 (.90, .91). */
export function decodeJpeg2000(bytes: Uint8Array, pixels: PixelDescription): Promise<DecodedFrame> {
  return decodeWith(openjpeg, bytes, pixels);
}

/** Decodes high-throughput JPEG 2000 (.201, .202, .203). */
export function decodeHtj2k(bytes: Uint8Array, pixels: PixelDescription): Promise<DecodedFrame> {
  return decodeWith(openjph, bytes, pixels);
}

async function decodeWith(
  codec: WasmCodec,
  bytes: Uint8Array,
  pixels: PixelDescription,
): Promise<DecodedFrame> {
  const header = parseJ2k(bytes);
  if (header.precision > 16) {
    throw new AppError(
      'SYNTAX_UNSUPPORTED',
      'JPEG 2000 with more than 16 bits a sample is not decoded by this service',
    );
  }
  checkPicture('JPEG 2000', header, pixels);
  const picture = await codec.decode(bytes);
  checkPicture(
    'JPEG 2000',
    {
      rows: picture.height,
      columns: picture.width,
      components: picture.components,
      precision: picture.bitsPerSample,
    },
    pixels,
  );
  const bytesPerSample = header.precision > 8 ? 2 : 1;
  checkLength('JPEG 2000', picture.bytes, sampleCount(pixels) * bytesPerSample);
  const { photometricInterpretation, notes } = colourOf(header.colourTransform, pixels);
  const decoded = alignBits(
    readSamples(picture.bytes, bytesPerSample, true),
    { ...pixels, photometricInterpretation },
    0,
    Math.min(header.precision, pixels.bitsStored),
  );
  return { ...decoded, notes };
}

/**
 * What the decoded samples are. The codestream decides (PS3.5 §8.2.4): where it says that it was transformed, the decoder
 * has undone that, whatever the label. A label of the transform without one in the codestream contradicts itself; then
 * somebody converted the colours before compressing, and they are YBR_FULL.
 */
function colourOf(
  colourTransform: boolean,
  { photometricInterpretation: label }: PixelDescription,
): { photometricInterpretation: string; notes?: readonly string[] } {
  if (colourTransform) return { photometricInterpretation: 'RGB' };
  if (label !== 'YBR_ICT' && label !== 'YBR_RCT') return { photometricInterpretation: label };
  const note = `the codestream has no colour transform although PhotometricInterpretation is ${label}: read as YBR_FULL`;
  return { photometricInterpretation: 'YBR_FULL', notes: [note] };
}
