/** What the objects of a storage SOP class are (PS3.4 Annex B.5). */
export interface SopClass {
  readonly uid: string;
  readonly name: string;
  readonly kind: 'image' | 'multi-frame image' | 'video' | 'whole slide' | 'segmentation' | 'report';
}

const STORAGE = '1.2.840.10008.5.1.4.1.1';

/** The storage SOP classes that this software names, by keyword (PS3.6 Table A-1, without "Storage"). */
export const SOP_CLASS = {
  ComputedRadiographyImage: image('1', 'Computed Radiography Image'),
  DigitalXRayImageForPresentation: image('1.1', 'Digital X-Ray Image - For Presentation'),
  DigitalMammographyXRayImageForPresentation: image(
    '1.2',
    'Digital Mammography X-Ray Image - For Presentation',
  ),
  CTImage: image('2', 'CT Image'),
  UltrasoundMultiFrameImageRetired: multiFrame('3', 'Ultrasound Multi-frame Image (Retired)'),
  UltrasoundMultiFrameImage: multiFrame('3.1', 'Ultrasound Multi-frame Image'),
  UltrasoundImageRetired: image('6', 'Ultrasound Image (Retired)'),
  UltrasoundImage: image('6.1', 'Ultrasound Image'),
  SecondaryCaptureImage: image('7', 'Secondary Capture Image'),
  MultiFrameGrayscaleByteSecondaryCaptureImage: multiFrame(
    '7.2',
    'Multi-frame Grayscale Byte Secondary Capture Image',
  ),
  MultiFrameGrayscaleWordSecondaryCaptureImage: multiFrame(
    '7.3',
    'Multi-frame Grayscale Word Secondary Capture Image',
  ),
  MultiFrameTrueColorSecondaryCaptureImage: multiFrame(
    '7.4',
    'Multi-frame True Color Secondary Capture Image',
  ),
  VLEndoscopicImage: image('77.1.1', 'VL Endoscopic Image'),
  VideoEndoscopicImage: { ...image('77.1.1.1', 'Video Endoscopic Image'), kind: 'video' },
  VLMicroscopicImage: image('77.1.2', 'VL Microscopic Image'),
  VideoMicroscopicImage: { ...image('77.1.2.1', 'Video Microscopic Image'), kind: 'video' },
  VLSlideCoordinatesMicroscopicImage: image('77.1.3', 'VL Slide-Coordinates Microscopic Image'),
  VLPhotographicImage: image('77.1.4', 'VL Photographic Image'),
  VideoPhotographicImage: { ...image('77.1.4.1', 'Video Photographic Image'), kind: 'video' },
  OphthalmicPhotography8BitImage: multiFrame('77.1.5.1', 'Ophthalmic Photography 8 Bit Image'),
  OphthalmicPhotography16BitImage: multiFrame('77.1.5.2', 'Ophthalmic Photography 16 Bit Image'),
  VLWholeSlideMicroscopyImage: {
    ...multiFrame('77.1.6', 'VL Whole Slide Microscopy Image'),
    kind: 'whole slide',
  },
  DermoscopicPhotographyImage: image('77.1.7', 'Dermoscopic Photography Image'),
  Segmentation: { uid: `${STORAGE}.66.4`, name: 'Segmentation', kind: 'segmentation' },
  LabelMapSegmentation: { uid: `${STORAGE}.66.7`, name: 'Label Map Segmentation', kind: 'segmentation' },
  ComprehensiveSR: { uid: `${STORAGE}.88.33`, name: 'Comprehensive SR', kind: 'report' },
} as const satisfies Record<string, SopClass>;

/** Storage SOP classes whose objects are made from images, as families: whatever class is added to one is derived. */
const DERIVED: readonly (readonly [prefix: string, what: string])[] = [
  [`${STORAGE}.66.`, 'a registration, segmentation or surface'],
  [`${STORAGE}.88.`, 'a structured report'],
  [`${STORAGE}.11.`, 'a presentation state'],
  [`${STORAGE}.481.`, 'a radiotherapy object'],
  [`${STORAGE}.104.`, 'an encapsulated document'],
  [`${STORAGE}.30`, 'a parametric map'],
  [`${STORAGE}.9.`, 'a waveform'],
];

/** What a derived object is, in words for a reason; undefined for the SOP class of an image. */
export function derivedObject(sopClassUid: string | undefined): string | undefined {
  return DERIVED.find(([prefix]) => sopClassUid?.startsWith(prefix))?.[1];
}

/** Whether a SOP class is a segmentation of any form. */
export function isSegmentation(sopClassUid: string | undefined): boolean {
  return Object.values(SOP_CLASS).some(({ uid, kind }) => kind === 'segmentation' && uid === sopClassUid);
}

function image(suffix: string, name: string) {
  return { uid: `${STORAGE}.${suffix}`, name, kind: 'image' } as const;
}

function multiFrame(suffix: string, name: string) {
  return { uid: `${STORAGE}.${suffix}`, name, kind: 'multi-frame image' } as const;
}
