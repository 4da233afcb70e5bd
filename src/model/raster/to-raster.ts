import { AppError, type Raster } from '../../core/index.js';
import type { DecodedFrame } from '../decode/samples.js';
import { colourToRgb } from './colour.js';
import { greyToRgb } from './grey.js';
import { paletteToRgb } from './palette.js';

/**
 * Renders decoded samples as a viewer shows them: 8-bit RGB after modality and VOI transformation, palette or colour
 * space conversion.
 * @throws AppError `PIXELS_UNSUPPORTED`, `PIXELS_INVALID`
 */
export function toRaster(frame: DecodedFrame): Raster {
  const { rows, columns } = frame.pixels;
  const { notes } = frame;
  return { width: columns, height: rows, data: render(frame), ...(notes && { notes }) };
}

function render({ samples, pixels }: DecodedFrame): Uint8Array {
  const { photometricInterpretation: photometric, samplesPerPixel } = pixels;
  const wanted = photometric.startsWith('MONOCHROME') || photometric === 'PALETTE COLOR' ? 1 : 3;
  if (wanted !== samplesPerPixel) {
    throw new AppError('PIXELS_INVALID', 'PhotometricInterpretation and SamplesPerPixel do not go together');
  }
  switch (photometric) {
    case 'MONOCHROME1':
    case 'MONOCHROME2':
      return greyToRgb(samples, pixels);
    case 'PALETTE COLOR':
      return paletteToRgb(samples, pixels);
    // Codecs return full-resolution chroma for subsampled YBR.
    case 'RGB':
    case 'YBR_FULL':
    case 'YBR_FULL_422':
      return colourToRgb(samples, pixels);
    default:
      throw new AppError('PIXELS_UNSUPPORTED', 'This PhotometricInterpretation is not processed');
  }
}
