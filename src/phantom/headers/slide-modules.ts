import { deriveUid } from '../../core/index.js';
import type { PhantomIdentity } from '../identity.js';
import type { Attributes } from '../part10/attributes.js';
import { code } from './code.js';
import { iccProfile } from './icc-profile.js';
import type { PixelLayout } from './pixel-modules.js';

/** Place of the picture's first pixel on the slide, mm. */
const ORIGIN: Attributes = { XOffsetInSlideCoordinateSystem: 20, YOffsetInSlideCoordinateSystem: 40 };
const MILLIMETRES_PER_MICROMETRE = 0.001;

/** Specimen module (PS3.3 C.7.6.22). */
const specimen = (identity: PhantomIdentity): Attributes => ({
  ContainerIdentifier: 'PHANTOM-SLIDE',
  IssuerOfTheContainerIdentifierSequence: [],
  ContainerTypeCodeSequence: [code('433466003', 'SCT', 'Microscope slide')],
  SpecimenDescriptionSequence: [
    {
      SpecimenIdentifier: 'PHANTOM-SPECIMEN',
      SpecimenUID: deriveUid('phantom specimen', identity.studyInstanceUid),
      IssuerOfTheSpecimenIdentifierSequence: [],
      SpecimenPreparationSequence: [],
    },
  ],
});

const frameOfReference = (identity: PhantomIdentity): Attributes => ({
  FrameOfReferenceUID: identity.frameOfReferenceUid,
  PositionReferenceIndicator: 'SLIDE_CORNER',
});

/** VL Slide-Coordinates Microscopic (PS3.3 A.32.3). */
export function slideMicroscopy(_layout: PixelLayout, identity: PhantomIdentity): Attributes {
  return {
    ...frameOfReference(identity),
    ...specimen(identity),
    AcquisitionContextSequence: [],
    ImageCenterPointCoordinatesSequence: [{ ...ORIGIN, ZOffsetInSlideCoordinateSystem: 0 }],
  };
}

/** VL Whole Slide Microscopy (PS3.3 A.32.8), one level, TILED_FULL. */
export function wholeSlide({ frames, matrix }: PixelLayout, identity: PhantomIdentity): Attributes {
  const { width, height, micrometres } = matrix!;
  const spacing = micrometres * MILLIMETRES_PER_MICROMETRE;
  const organization: Attributes = {
    DimensionOrganizationUID: deriveUid('phantom tiles', identity.seriesInstanceUid),
  };
  const imageType = ['ORIGINAL', 'PRIMARY', 'VOLUME', 'NONE'];
  return {
    ...frameOfReference(identity),
    ...specimen(identity),
    ImageType: imageType,
    AcquisitionContextSequence: [],
    NumberOfFrames: frames,
    VolumetricProperties: 'VOLUME',
    SpecimenLabelInImage: 'NO',
    FocusMethod: 'AUTO',
    ExtendedDepthOfField: 'NO',
    ImagedVolumeWidth: width * spacing,
    ImagedVolumeHeight: height * spacing,
    ImagedVolumeDepth: 1,
    TotalPixelMatrixColumns: width,
    TotalPixelMatrixRows: height,
    TotalPixelMatrixFocalPlanes: 1,
    TotalPixelMatrixOriginSequence: [ORIGIN],
    // Seen from above with the label at the right: rows run along the slide.
    ImageOrientationSlide: [0, -1, 0, -1, 0, 0],
    NumberOfOpticalPaths: 1,
    OpticalPathSequence: [
      {
        OpticalPathIdentifier: '1',
        IlluminationTypeCodeSequence: [code('111744', 'DCM', 'Brightfield illumination')],
        IlluminationColorCodeSequence: [code('414298005', 'SCT', 'Full Spectrum')],
        ICCProfile: iccProfile(),
      },
    ],
    DimensionOrganizationSequence: [organization],
    DimensionOrganizationType: 'TILED_FULL',
    SharedFunctionalGroupsSequence: [
      {
        PixelMeasuresSequence: [{ PixelSpacing: [spacing, spacing], SliceThickness: 0.001 }],
        WholeSlideMicroscopyImageFrameTypeSequence: [{ FrameType: imageType }],
        OpticalPathIdentificationSequence: [{ OpticalPathIdentifier: '1' }],
      },
    ],
  };
}
