import { SOP_CLASS } from '../dicom/index.js';
import type { PhantomChannel } from './draw-phantom.js';
import type { PixelForm } from './pixel-forms.js';

/** One kind of DICOM object the generator can write. */
export interface Kind {
  readonly sopClassUid: string;
  readonly modality: string;
  /** Picture drawn when the caller does not choose one. */
  readonly channel: PhantomChannel;
  readonly pixels: PixelForm;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly studyDescription: string;
  readonly seriesDescription: string;
  readonly bodyPart?: string;
  /** Side of the tiles that a whole-slide image is cut into; width and height are those of the whole picture. */
  readonly tile?: number;
  /** Transfer syntax of a stream that stands in for the pixels: a video that nobody decodes. */
  readonly stream?: string;
}

/** Every kind, with the sizes and texts it has unless told otherwise. */
export const KINDS = {
  dermoscopy: {
    sopClassUid: SOP_CLASS.VLPhotographicImage.uid,
    modality: 'XC',
    channel: 'dermoscopy',
    pixels: 'rgb8',
    width: 640,
    height: 480,
    frames: 1,
    studyDescription: 'Phantom skin',
    seriesDescription: 'Dermoscopy',
    bodyPart: 'SKIN',
  },
  xray: {
    sopClassUid: SOP_CLASS.DigitalXRayImageForPresentation.uid,
    modality: 'DX',
    channel: 'xray',
    pixels: 'grey12',
    width: 512,
    height: 512,
    frames: 1,
    studyDescription: 'Phantom chest',
    seriesDescription: 'Chest PA',
    bodyPart: 'CHEST',
  },
  'xray-cr': {
    sopClassUid: SOP_CLASS.ComputedRadiographyImage.uid,
    modality: 'CR',
    channel: 'xray',
    pixels: 'grey12',
    width: 512,
    height: 512,
    frames: 1,
    studyDescription: 'Phantom chest',
    seriesDescription: 'Chest PA',
    bodyPart: 'CHEST',
  },
  ultrasound: {
    sopClassUid: SOP_CLASS.UltrasoundImage.uid,
    modality: 'US',
    channel: 'ultrasound',
    pixels: 'grey8',
    width: 512,
    height: 384,
    frames: 1,
    studyDescription: 'Phantom breast',
    seriesDescription: 'Breast ultrasound',
    bodyPart: 'BREAST',
  },
  'ultrasound-cine': {
    sopClassUid: SOP_CLASS.UltrasoundMultiFrameImage.uid,
    modality: 'US',
    channel: 'ultrasound',
    pixels: 'grey8',
    width: 512,
    height: 384,
    frames: 8,
    studyDescription: 'Phantom breast',
    seriesDescription: 'Breast ultrasound cine',
    bodyPart: 'BREAST',
  },
  fundus: {
    sopClassUid: SOP_CLASS.OphthalmicPhotography8BitImage.uid,
    modality: 'OP',
    channel: 'fundus',
    pixels: 'rgb8',
    width: 576,
    height: 576,
    frames: 1,
    studyDescription: 'Phantom eye',
    seriesDescription: 'Fundus photograph',
    bodyPart: 'EYE',
  },
  microscopy: {
    sopClassUid: SOP_CLASS.VLMicroscopicImage.uid,
    modality: 'GM',
    channel: 'microscopy',
    pixels: 'rgb8',
    width: 512,
    height: 512,
    frames: 1,
    studyDescription: 'Phantom section',
    seriesDescription: 'Nuclei, stained section',
  },
  colonoscopy: {
    sopClassUid: SOP_CLASS.VLEndoscopicImage.uid,
    modality: 'ES',
    channel: 'colonoscopy',
    pixels: 'rgb8',
    width: 576,
    height: 480,
    frames: 1,
    studyDescription: 'Phantom colon',
    seriesDescription: 'Colonoscopy',
    bodyPart: 'COLON',
  },
  /** A picture in a header that says nothing about it. */
  'secondary-capture': {
    sopClassUid: SOP_CLASS.SecondaryCaptureImage.uid,
    modality: 'OT',
    channel: 'dermoscopy',
    pixels: 'rgb8',
    width: 512,
    height: 512,
    frames: 1,
    studyDescription: '',
    seriesDescription: '',
  },
  'ultrasound-colour-cine': {
    sopClassUid: SOP_CLASS.UltrasoundMultiFrameImage.uid,
    modality: 'US',
    channel: 'ultrasound',
    pixels: 'rgb8',
    width: 512,
    height: 384,
    frames: 4,
    studyDescription: 'Phantom breast',
    seriesDescription: 'Breast ultrasound cine in colour',
    bodyPart: 'BREAST',
  },
  /** Multi-frame True Color Secondary Capture of skin. */
  'secondary-capture-cine': {
    sopClassUid: SOP_CLASS.MultiFrameTrueColorSecondaryCaptureImage.uid,
    modality: 'XC',
    channel: 'dermoscopy',
    pixels: 'rgb8',
    width: 320,
    height: 240,
    frames: 3,
    studyDescription: 'Phantom skin',
    seriesDescription: 'Dermoscopy, captured',
    bodyPart: 'SKIN',
  },
  /** VL Slide-coordinates Microscopic: one picture with its place on the slide. */
  'slide-microscopy': {
    sopClassUid: SOP_CLASS.VLSlideCoordinatesMicroscopicImage.uid,
    modality: 'SM',
    channel: 'microscopy',
    pixels: 'rgb8',
    width: 384,
    height: 320,
    frames: 1,
    studyDescription: 'Phantom section',
    seriesDescription: 'Nuclei on a slide',
  },
  /** One level of a whole-slide image, TILED_FULL. */
  'whole-slide': {
    sopClassUid: SOP_CLASS.VLWholeSlideMicroscopyImage.uid,
    modality: 'SM',
    channel: 'microscopy',
    pixels: 'rgb8',
    width: 500,
    height: 380,
    frames: 1,
    tile: 128,
    studyDescription: 'Phantom section',
    seriesDescription: 'Whole slide',
  },
  /** An MPEG-4 video, which the product must refuse. */
  'video-endoscopy': {
    sopClassUid: SOP_CLASS.VideoEndoscopicImage.uid,
    modality: 'ES',
    channel: 'colonoscopy',
    pixels: 'ybr8-420',
    width: 320,
    height: 240,
    frames: 5,
    stream: '1.2.840.10008.1.2.4.102',
    studyDescription: 'Phantom colon',
    seriesDescription: 'Colonoscopy, video',
    bodyPart: 'COLON',
  },
  /** A mammogram, which the product must refuse. */
  mammography: {
    sopClassUid: SOP_CLASS.DigitalMammographyXRayImageForPresentation.uid,
    modality: 'MG',
    channel: 'xray',
    pixels: 'grey12',
    width: 256,
    height: 320,
    frames: 1,
    studyDescription: 'Phantom breast',
    seriesDescription: 'Mammogram',
    bodyPart: 'BREAST',
  },
  /** A cross-sectional slice, which the product must refuse. */
  ct: {
    sopClassUid: SOP_CLASS.CTImage.uid,
    modality: 'CT',
    channel: 'xray',
    pixels: 'signed16',
    width: 256,
    height: 256,
    frames: 1,
    studyDescription: 'Phantom thorax',
    seriesDescription: 'Axial',
    bodyPart: 'CHEST',
  },
} as const satisfies Record<string, Kind>;

export type PhantomKind = keyof typeof KINDS;
