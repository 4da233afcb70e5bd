import type { PhantomOptions } from './phantom-instance.js';

/** A way of storing a picture, as options of a phantom. */
export type PixelVariant = Pick<PhantomOptions, 'kind' | 'pixels' | 'attributes'>;

/** Secondary Capture takes every photometric interpretation; its header names what it shows. */
const SKIN = {
  kind: 'secondary-capture',
  attributes: {
    StudyDescription: 'Phantom skin',
    SeriesDescription: 'Dermoscopy',
    BodyPartExamined: 'SKIN',
    Modality: 'XC',
  },
} as const satisfies PixelVariant;

const VOI_LUT = {
  LUTDescriptor: [4096, 0, 16],
  LUTData: wordsOf(4096, (value) => (value >> 4) * 257),
};

/** Every photometric interpretation and grey-scale transformation that is read; all show the picture drawn. */
export const PIXEL_VARIANTS = {
  'RGB by pixel': { ...SKIN, pixels: 'rgb8' },
  'RGB by plane': { ...SKIN, pixels: 'rgb8-planar' },
  YBR_FULL: { ...SKIN, pixels: 'ybr8' },
  'YBR_FULL_422 uncompressed': { ...SKIN, pixels: 'ybr8-422' },
  'PALETTE COLOR': { ...SKIN, pixels: 'palette8' },
  'PALETTE COLOR, segmented': { ...SKIN, pixels: 'palette8-segmented' },
  'MONOCHROME2, 8 bits': { kind: 'ultrasound' },
  'MONOCHROME1, 8 bits': { kind: 'ultrasound', pixels: 'grey8-inverse' },
  'MONOCHROME2, 12 bits': { kind: 'xray-cr' },
  'MONOCHROME1, 12 bits': { kind: 'xray-cr', pixels: 'grey12-inverse' },
  'MONOCHROME1, presentation inverse': {
    kind: 'xray',
    pixels: 'grey12-inverse',
    attributes: { PresentationLUTShape: 'INVERSE' },
  },
  'dirt above BitsStored': { kind: 'xray-cr', pixels: 'grey12-dirty' },
  'signed, dirt above BitsStored': {
    kind: 'xray-cr',
    pixels: 'signed12-dirty',
    attributes: { RescaleIntercept: 2048 },
  },
  'signed, 16 bits': {
    kind: 'xray-cr',
    pixels: 'signed16',
    attributes: { RescaleIntercept: 900, WindowCenter: 765.5, WindowWidth: 1531 },
  },
  'VOI LUT': { kind: 'xray-cr', attributes: { VOILUTSequence: [VOI_LUT] } },
  'several windows': {
    kind: 'xray-cr',
    attributes: {
      WindowCenter: [2048, 900],
      WindowWidth: [4096, 600],
      WindowCenterWidthExplanation: ['WHOLE', 'LUNG'],
    },
  },
  rescale: {
    kind: 'xray-cr',
    attributes: { RescaleSlope: 2, RescaleIntercept: -100, WindowCenter: 3996, WindowWidth: 8192 },
  },
  'pixel padding': { kind: 'xray-cr', pixels: 'grey12-padded' },
} as const satisfies Record<string, PixelVariant>;

function wordsOf(count: number, entry: (i: number) => number): Uint8Array {
  const bytes = Buffer.alloc(count * 2);
  for (let i = 0; i < count; i += 1) bytes.writeUInt16LE(entry(i), i * 2);
  return bytes;
}
