import type { PixelDescription } from '../../core/index.js';
import { alignBits } from './align-bits.js';
import { readSamples } from './byte-order.js';
import { checkLength, checkPicture } from './check-picture.js';
import { interleave } from './interleave.js';
import { parseJpeg } from './jpeg-structure.js';
import { sampleCount, type DecodedFrame } from './samples.js';
import { WasmCodec } from './wasm-codec.js';

const charls = new WasmCodec('JPEG-LS', async (print) => {
  const { default: factory } = await import('@cornerstonejs/codec-charls/decodewasmjs');
  return (await factory({ print, printErr: print })).JpegLSDecoder;
});

/** Decodes JPEG-LS lossless and near-lossless (.80, .81). */
export async function decodeJpegLs(bytes: Uint8Array, pixels: PixelDescription): Promise<DecodedFrame> {
  const header = parseJpeg(bytes);
  checkPicture('JPEG-LS', { ...header, components: header.components.length }, pixels);
  const picture = await charls.decode(bytes);
  const bytesPerSample = picture.bitsPerSample > 8 ? 2 : 1;
  checkLength('JPEG-LS', picture.bytes, sampleCount(pixels) * bytesPerSample);
  const stored = readSamples(picture.bytes, bytesPerSample, true);
  // CharLS keeps planes apart when they were coded one after the other.
  const samples = picture.interleaveMode === 0 ? interleave(stored, pixels.samplesPerPixel) : stored;
  return alignBits(samples, pixels, 0, Math.min(picture.bitsPerSample, pixels.bitsStored));
}
