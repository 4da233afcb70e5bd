import { createRequire } from 'node:module';
import type { PixelDescription } from '../../src/core/index.js';

interface Encoder {
  getDecodedBuffer(frame: object): Uint8Array;
  setQuality(lossless: boolean, quantizationStep: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}
type Factory = (options: object) => Promise<Record<string, new () => Encoder>>;

const require = createRequire(import.meta.url);

/**
 * Encodes a frame as JPEG 2000 or HTJ2K, colour with the component transform; losslessly unless told otherwise.
 * @param quantizationStep of a lossy codestream
 * @param colourTransform whether colour goes through the component transform
 */
export async function encodeJ2k(
  kind: 'jpeg-2000' | 'htj2k',
  pixels: PixelDescription,
  frame: Uint8Array,
  quantizationStep?: number,
  colourTransform = true,
): Promise<Uint8Array> {
  const [module, name] =
    kind === 'htj2k' ? ['codec-openjph', 'HTJ2KEncoder'] : ['codec-openjpeg', 'J2KEncoder'];
  const factory = require(`@cornerstonejs/${module}/wasmjs`) as Factory;
  const codec = await factory({ print: () => undefined, printErr: () => undefined });
  const encoder = new codec[name!]!();
  const buffer = encoder.getDecodedBuffer({
    width: pixels.columns,
    height: pixels.rows,
    bitsPerSample: pixels.bitsStored,
    componentCount: pixels.samplesPerPixel,
    isSigned: pixels.pixelRepresentation === 1,
    isUsingColorTransform: colourTransform && pixels.samplesPerPixel === 3,
  });
  buffer.set(frame);
  if (quantizationStep !== undefined) encoder.setQuality(false, quantizationStep);
  encoder.encode();
  const encoded = Uint8Array.from(encoder.getEncodedBuffer());
  encoder.delete();
  return encoded;
}
