import type { Mask } from '../../core/index.js';
import { SOP_CLASS } from '../../dicom/index.js';
import type { ElementValues } from './elements.js';
import { packBits, packedLength } from '../seg/pack-bits.js';
import { type PackedMask, unpackMask } from '../seg/packed-mask.js';
import type { SegForm } from '../seg/types.js';

/** Segmentation Storage and Label Map Segmentation Storage (PS3.4 B.5). */
export const SOP_CLASS_OF_FORM: Readonly<Record<SegForm, string>> = {
  binary: SOP_CLASS.Segmentation.uid,
  labelmap: SOP_CLASS.LabelMapSegmentation.uid,
};

/**
 * What the Image Pixel and Segmentation Image modules say of one pixel (PS3.3 C.8.20.2.3). In a label map the pixel
 * is the segment's number, and Pixel Padding Value names the value of what belongs to no segment.
 */
export function pixelFormat(form: SegForm) {
  const bits = form === 'binary' ? 1 : 8;
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    BitsAllocated: bits,
    BitsStored: bits,
    HighBit: bits - 1,
    PixelRepresentation: 0,
    PixelPaddingValue: form === 'labelmap' ? 0 : undefined,
    SegmentationType: form === 'binary' ? 'BINARY' : 'LABELMAP',
    SegmentsOverlap: 'NO',
  } as const satisfies ElementValues;
}

/** The value of Pixel Data, before it has a place: it is large, and is written once, where it stays. */
export interface PixelData {
  readonly length: number;
  /** @param target zeros, `length` of them */
  writeTo(target: Uint8Array): void;
}

/** The value of Pixel Data for masks of 0 and 1, which are label maps of segment 1 as they are; one is read at a time. */
export function pixelDataOf(form: SegForm, masks: readonly (Mask | PackedMask)[]): PixelData {
  const pixels = masks.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const writeTo = form === 'binary' ? packBits : placeBytes;
  return { length: pixelDataLength(form, pixels), writeTo: (target) => writeTo(dataOf(masks), target) };
}

function* dataOf(masks: readonly (Mask | PackedMask)[]): Generator<Uint8Array> {
  for (const mask of masks) yield unpackMask(mask).data;
}

function placeBytes(frames: Iterable<Uint8Array>, target: Uint8Array): void {
  let offset = 0;
  for (const frame of frames) {
    target.set(frame, offset);
    offset += frame.length;
  }
}

/** Bytes of Pixel Data for so many pixels of all frames, padded to an even number (PS3.5 §7.1.1). */
export function pixelDataLength(form: SegForm, pixels: number): number {
  return form === 'binary' ? packedLength(pixels) : pixels + (pixels % 2);
}
