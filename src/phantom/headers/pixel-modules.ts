import type { PixelForm } from '../kinds.js';
import type { Attributes } from '../part10/attributes.js';

/** What the Image Pixel module is made from. */
export interface PixelLayout {
  readonly form: PixelForm;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly bytes: Uint8Array;
}

const DEPTHS: Record<PixelForm, readonly [allocated: number, stored: number]> = {
  rgb8: [8, 8],
  grey8: [8, 8],
  grey12: [16, 12],
  signed16: [16, 16],
};

/** Image Pixel module (PS3.3 C.7.6.3). */
export function pixelModules({ form, width, height, bytes }: PixelLayout): Attributes {
  const [allocated, stored] = DEPTHS[form];
  return {
    SamplesPerPixel: form === 'rgb8' ? 3 : 1,
    PhotometricInterpretation: form === 'rgb8' ? 'RGB' : 'MONOCHROME2',
    ...(form === 'rgb8' ? { PlanarConfiguration: 0 } : {}),
    Rows: height,
    Columns: width,
    BitsAllocated: allocated,
    BitsStored: stored,
    HighBit: stored - 1,
    PixelRepresentation: form === 'signed16' ? 1 : 0,
    PixelData: bytes,
  };
}
