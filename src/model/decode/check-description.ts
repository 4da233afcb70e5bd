import { AppError, type PixelDescription } from '../../core/index.js';

/** The most pixels a frame may have; more would let one header take all memory. */
const MAX_FRAME_PIXELS = 2 ** 27;

/**
 * Refuses a description that no decoder here can follow.
 * @throws AppError `PIXELS_INVALID`, `PIXELS_UNSUPPORTED`
 */
export function checkDescription(pixels: PixelDescription): void {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, highBit } = pixels;
  for (const [keyword, value] of Object.entries({ Rows: rows, Columns: columns })) {
    if (!Number.isInteger(value) || value < 1 || value > 65_535) throw invalid(keyword);
  }
  if (rows * columns > MAX_FRAME_PIXELS) {
    throw new AppError('PIXELS_UNSUPPORTED', 'Rows × Columns is more than this service decodes');
  }
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) {
    throw new AppError('PIXELS_UNSUPPORTED', 'SamplesPerPixel is neither 1 nor 3');
  }
  if (bitsAllocated !== 8 && bitsAllocated !== 16 && bitsAllocated !== 32) {
    throw new AppError('PIXELS_UNSUPPORTED', 'BitsAllocated is none of 8, 16 and 32');
  }
  if (!Number.isInteger(bitsStored) || bitsStored < 1 || bitsStored > bitsAllocated)
    throw invalid('BitsStored');
  if (!Number.isInteger(highBit) || highBit < bitsStored - 1 || highBit >= bitsAllocated)
    throw invalid('HighBit');
}

function invalid(keyword: string): AppError {
  return new AppError('PIXELS_INVALID', `${keyword} is missing or illegal`);
}
