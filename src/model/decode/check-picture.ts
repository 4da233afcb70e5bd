import { AppError, type PixelDescription } from '../../core/index.js';

/** Size and depth as a codestream's own header or its decoder tells. */
export interface PictureSize {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly precision: number;
}

/**
 * Compares a codestream's header with the image's.
 * @throws AppError `PIXELS_INVALID` naming the attribute that differs
 */
export function checkPicture(what: string, size: PictureSize, pixels: PixelDescription): void {
  const differs =
    size.rows !== pixels.rows
      ? 'Rows'
      : size.columns !== pixels.columns
        ? 'Columns'
        : size.components !== pixels.samplesPerPixel
          ? 'SamplesPerPixel'
          : size.precision < 1 || size.precision > pixels.bitsAllocated
            ? 'BitsAllocated'
            : undefined;
  if (differs !== undefined) {
    throw new AppError('PIXELS_INVALID', `${what} stream and header do not agree on ${differs}`);
  }
}

/** @throws AppError `PIXELS_INVALID` unless a decoder returned as many bytes as the picture has */
export function checkLength(what: string, bytes: Uint8Array, expected: number): void {
  if (bytes.length !== expected) {
    throw new AppError(
      'PIXELS_INVALID',
      `${what} decoder returned ${bytes.length} bytes in place of ${expected}`,
    );
  }
}
