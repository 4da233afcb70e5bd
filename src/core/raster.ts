/**
 * What is needed to turn one frame's stored bytes into a picture: the Image Pixel module (PS3.3 C.7.6.3) and the
 * grey-scale transformations (C.11). Carries no patient attribute: it crosses into the engine process.
 */
export interface PixelDescription {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly photometricInterpretation: string;
  /** 0 = colour by pixel, 1 = colour by plane. */
  readonly planarConfiguration: 0 | 1;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  /** 0 = unsigned, 1 = two's complement. */
  readonly pixelRepresentation: 0 | 1;
  readonly rescaleSlope?: number | undefined;
  readonly rescaleIntercept?: number | undefined;
  /** Modality LUT Sequence, used instead of slope and intercept. */
  readonly modalityLut?: LookUpTable | undefined;
  /** The first window of the image, in rescaled units. */
  readonly window?:
    | {
        readonly center: number;
        readonly width: number;
        readonly shape: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';
      }
    | undefined;
  /** The first VOI LUT of the image; wins over a window. */
  readonly voiLut?: LookUpTable | undefined;
  /** PixelPaddingValue and PixelPaddingRangeLimit as an inclusive range of stored values. */
  readonly padding?: { readonly from: number; readonly to: number } | undefined;
  /** PresentationLUTShape INVERSE. */
  readonly inverse?: boolean | undefined;
  /** Where an ultrasound picture shows tissue. */
  readonly region?: PictureRegion | undefined;
  readonly palette?:
    { readonly red: LookUpTable; readonly green: LookUpTable; readonly blue: LookUpTable } | undefined;
}

/** One frame as the archive stores it. */
export interface EncodedFrame {
  readonly bytes: Uint8Array;
  readonly transferSyntaxUid: string;
  readonly pixels: PixelDescription;
}

/** A DICOM look-up table: `data[i]` belongs to input value `firstMapped + i`; inputs outside are clamped. */
export interface LookUpTable {
  readonly firstMapped: number;
  readonly bits: number;
  readonly data: Uint16Array;
}

/** A part of a picture, in pixels. */
export interface PictureRegion {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** A picture as a viewer shows it: 8-bit RGB, interleaved, row by row; `data.length === width * height * 3`. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** The part that its header says shows something; all of it without. */
  readonly region?: PictureRegion | undefined;
  /** What was contradictory in the stored frame and how it was read. */
  readonly notes?: readonly string[] | undefined;
}

/** A binary mask in source geometry: one byte a pixel, 0 or 1, row by row; `data.length === columns * rows`. */
export interface Mask {
  readonly rows: number;
  readonly columns: number;
  readonly data: Uint8Array;
}
