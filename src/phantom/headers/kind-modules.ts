import { TAG } from '../../dicom/index.js';
import type { PhantomIdentity } from '../identity.js';
import type { PhantomKind } from '../kinds.js';
import type { Attributes } from '../part10/attributes.js';
import { code } from './code.js';
import type { PixelLayout } from './pixel-modules.js';
import { slideMicroscopy, wholeSlide } from './slide-modules.js';

type Modules = (layout: PixelLayout, identity: PhantomIdentity) => Attributes;

/** A side would have to be named for a paired organ; nobody knows it here (type 2C, empty). */
const NO_SIDE: Attributes = { Laterality: '' };

const VISIBLE_LIGHT: Attributes = { ...NO_SIDE, AcquisitionContextSequence: [] };

/** Grey levels 0–4095 shown as they are. */
const FULL_WINDOW: Attributes = {
  WindowCenter: 2048,
  WindowWidth: 4096,
  RescaleIntercept: 0,
  RescaleSlope: 1,
  RescaleType: 'US',
};

const RADIOGRAPH: Attributes = { ViewPosition: 'PA', PatientOrientation: ['L', 'F'] };

const dx: Modules = () => ({
  AcquisitionContextSequence: [],
  ...FULL_WINDOW,
  ...RADIOGRAPH,
  PresentationIntentType: 'FOR PRESENTATION',
  PixelIntensityRelationship: 'LOG',
  PixelIntensityRelationshipSign: -1,
  PresentationLUTShape: 'IDENTITY',
  ImagerPixelSpacing: [0.7, 0.7],
  DetectorType: 'DIRECT',
  FieldOfViewShape: 'RECTANGLE',
  KVP: 120,
  PositionerType: 'NONE',
  ImageLaterality: 'U',
  ViewCodeSequence: [code('272479007', 'SCT', 'postero-anterior')],
  AnatomicRegionSequence: [code('51185008', 'SCT', 'Chest')],
});

const cr: Modules = () => ({ ...FULL_WINDOW, ...RADIOGRAPH, KVP: 120, ImagerPixelSpacing: [0.7, 0.7] });

const ultrasound: Modules = ({ width, height, frames }) => ({
  Laterality: 'R',
  ...(frames > 1 ? cine(frames) : {}),
  SequenceOfUltrasoundRegions: [
    {
      RegionSpatialFormat: 1,
      RegionDataType: 1,
      RegionFlags: 0,
      RegionLocationMinX0: 0,
      RegionLocationMinY0: 0,
      RegionLocationMaxX1: width - 1,
      RegionLocationMaxY1: height - 1,
      PhysicalUnitsXDirection: 3,
      PhysicalUnitsYDirection: 3,
      PhysicalDeltaX: 0.012,
      PhysicalDeltaY: 0.012,
    },
  ],
});

const fundus: Modules = (_layout, identity) => ({
  AcquisitionContextSequence: [],
  NumberOfFrames: 1,
  PixelSpacing: [0.02, 0.02],
  SynchronizationFrameOfReferenceUID: identity.frameOfReferenceUid,
  SynchronizationTrigger: 'NO TRIGGER',
  AcquisitionTimeSynchronized: 'N',
  FrameTime: 0,
  FrameIncrementPointer: TAG.FrameTime,
  ImageLaterality: 'R',
  AnatomicRegionSequence: [code('5665001', 'SCT', 'Retina')],
  PatientEyeMovementCommanded: 'NO',
  HorizontalFieldOfView: 45,
  RefractiveStateSequence: [],
  EmmetropicMagnification: [],
  IntraOcularPressure: [],
  PupilDilated: '',
  AcquisitionDeviceTypeCodeSequence: [code('409898007', 'SCT', 'Fundus Camera')],
  IlluminationTypeCodeSequence: [],
  LightPathFilterTypeStackCodeSequence: [],
  ImagePathFilterTypeStackCodeSequence: [],
  LensesCodeSequence: [],
  DetectorType: '',
});

const ct: Modules = (_layout, identity) => ({
  ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
  PatientOrientation: ['L', 'P'],
  PatientPosition: 'HFS',
  FrameOfReferenceUID: identity.frameOfReferenceUid,
  PositionReferenceIndicator: '',
  ImagePositionPatient: [-128, -128, identity.instanceNumber * 2],
  ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
  PixelSpacing: [1, 1],
  SliceThickness: 2,
  KVP: 120,
  AcquisitionNumber: 1,
  RescaleIntercept: 0,
  RescaleSlope: 1,
  RescaleType: 'HU',
  WindowCenter: 40,
  WindowWidth: 1500,
});

/** Frames 40 ms apart. */
const cine: (frames: number) => Attributes = (frames) => ({
  NumberOfFrames: frames,
  FrameTime: 40,
  FrameIncrementPointer: TAG.FrameTime,
});

const video: Modules = ({ frames }) => ({
  ...cine(frames),
  AcquisitionContextSequence: [],
  AnatomicRegionSequence: [code('71854001', 'SCT', 'Colon')],
  LossyImageCompression: '01',
  LossyImageCompressionRatio: 30,
  LossyImageCompressionMethod: 'ISO_14496_10',
});

const mammogram: Modules = (layout, identity) => ({
  ...dx(layout, identity),
  ViewPosition: 'CC',
  PatientOrientation: ['A', 'R'],
  PositionerType: 'MAMMOGRAPHIC',
  ImageLaterality: 'R',
  OrganExposed: 'BREAST',
  ViewCodeSequence: [{ ...code('399162004', 'SCT', 'cranio-caudal'), ViewModifierCodeSequence: [] }],
  AnatomicRegionSequence: [code('76752008', 'SCT', 'Breast')],
});

/** What each SOP class needs beyond the common modules. */
export const KIND_MODULES: Record<PhantomKind, Modules> = {
  dermoscopy: () => ({ ...VISIBLE_LIGHT, AnatomicRegionSequence: [code('39937001', 'SCT', 'Skin')] }),
  xray: dx,
  'xray-cr': cr,
  ultrasound,
  'ultrasound-cine': ultrasound,
  fundus,
  microscopy: () => VISIBLE_LIGHT,
  colonoscopy: () => ({
    AcquisitionContextSequence: [],
    AnatomicRegionSequence: [code('71854001', 'SCT', 'Colon')],
  }),
  'secondary-capture': () => ({ ...NO_SIDE, ConversionType: 'WSD' }),
  ct,
  'ultrasound-colour-cine': ultrasound,
  'secondary-capture-cine': ({ frames }) => ({ ...NO_SIDE, ...cine(frames), ConversionType: 'WSD' }),
  'slide-microscopy': slideMicroscopy,
  'whole-slide': wholeSlide,
  'video-endoscopy': video,
  mammography: mammogram,
};
