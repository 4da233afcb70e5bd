import type { EncodedFrame, PixelDescription } from '../../core/index.js';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/index.js';

/** The picture that models/golden.json describes as a formula, as a frame of an archive. */
export function goldenPicture(rows: number, columns: number): EncodedFrame {
  const bytes = new Uint8Array(rows * columns * 3);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const a = (x - 120) ** 2 + 2 * (y - 90) ** 2;
      const b = (x - 215) ** 2 + (y - 120) ** 2;
      for (let c = 0; c < 3; c += 1) {
        const w = (x * 7 + y * 13 + c * 29) % 32;
        bytes[(y * columns + x) * 3 + c] = a < 4900 ? 50 + w : b < 1600 ? 120 + w : 200 - 20 * c + w;
      }
    }
  }
  const pixels: PixelDescription = {
    rows,
    columns,
    samplesPerPixel: 3,
    photometricInterpretation: 'RGB',
    planarConfiguration: 0,
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    pixelRepresentation: 0,
  };
  return { bytes, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN, pixels };
}

/** Pixels in which a mask differs from row-major run lengths that start with "off". */
export function differingPixels(mask: Uint8Array, runs: readonly number[]): number {
  let at = 0;
  let wrong = 0;
  runs.forEach((length, i) => {
    for (const end = at + length; at < end; at += 1) if (mask[at] !== i % 2) wrong += 1;
  });
  return wrong + Math.abs(mask.length - at);
}
