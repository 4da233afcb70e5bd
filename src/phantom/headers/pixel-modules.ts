import { pixelForm, type PixelForm } from '../pixel-forms.js';
import type { Attributes } from '../part10/attributes.js';

/** What the Image Pixel module is made from. */
export interface PixelLayout {
  readonly form: PixelForm;
  /** Size of a frame. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** The whole picture that the frames are tiles of; whole-slide images only. */
  readonly matrix?: { readonly width: number; readonly height: number; readonly micrometres: number };
}

/** Image Pixel module (PS3.3 C.7.6.3) but for the pixel data. */
export function pixelModules({ form, width, height }: PixelLayout): Attributes {
  const { photometric, bits, planar, signed, attributes } = pixelForm(form);
  const [allocated, stored] = bits;
  return {
    SamplesPerPixel: planar === undefined ? 1 : 3,
    PhotometricInterpretation: photometric,
    ...(planar === undefined ? {} : { PlanarConfiguration: planar }),
    Rows: height,
    Columns: width,
    BitsAllocated: allocated,
    BitsStored: stored,
    HighBit: stored - 1,
    PixelRepresentation: signed ? 1 : 0,
    ...attributes?.(),
  };
}
