import { type DicomJson, itemsOf, numberOf, numbersOf, tagOf } from '../../dicom/index.js';

/** Distance of pixel centres in mm: between rows (vertical), between columns (horizontal). */
export type PixelSpacing = readonly [row: number, column: number];

const CENTIMETRES = 3;
const TWO_DIMENSIONAL = 1;

/** Real pixel spacing that an image states, best evidence first, or undefined when it is not calibrated. */
export function pixelSpacingOf(source: DicomJson): PixelSpacing | undefined {
  const measures = itemsOf(source, tagOf('SharedFunctionalGroupsSequence')).flatMap((group) =>
    itemsOf(group, tagOf('PixelMeasuresSequence')),
  );
  return (
    spacingIn(source, tagOf('PixelSpacing')) ??
    measures.map((item) => spacingIn(item, tagOf('PixelSpacing'))).find((spacing) => spacing !== undefined) ??
    spacingIn(source, tagOf('ImagerPixelSpacing')) ??
    spacingIn(source, tagOf('NominalScannedPixelSpacing')) ??
    ultrasoundSpacing(source)
  );
}

/**
 * Spacing in the plane of what is pictured, so that lengths in mm may be told. What is measured at the detector of a
 * radiograph (ImagerPixelSpacing, and PixelSpacing that only repeats it, PS3.3 §10.7.1.3) or on a scanned sheet of
 * film or paper is magnified by an unknown factor and does not count.
 */
export function calibratedSpacingOf(source: DicomJson): PixelSpacing | undefined {
  const spacing = pixelSpacingOf(source);
  const magnified = (['ImagerPixelSpacing', 'NominalScannedPixelSpacing'] as const)
    .map((keyword) => spacingIn(source, tagOf(keyword)))
    .some((own) => own && spacing && sameSpacing(own, spacing));
  return magnified ? undefined : spacing;
}

/** Two positive numbers of an attribute as spacing. */
export function spacingIn(dataset: DicomJson, tag: string): PixelSpacing | undefined {
  const [row, column] = numbersOf(dataset, tag);
  return row !== undefined && column !== undefined && row > 0 && column > 0 ? [row, column] : undefined;
}

/** Tells whether two spacings are the same but for rounding. */
export function sameSpacing(a: PixelSpacing, b: PixelSpacing): boolean {
  return a.every((value, i) => Math.abs(value - b[i]!) <= 0.001 * value);
}

/** Spacing of the 2-D regions (PS3.3 C.8.5.5); a frame whose regions disagree has none of its own. */
function ultrasoundSpacing(source: DicomJson): PixelSpacing | undefined {
  const regions = itemsOf(source, tagOf('SequenceOfUltrasoundRegions')).filter(
    (region) => numberOf(region, tagOf('RegionSpatialFormat')) === TWO_DIMENSIONAL,
  );
  const spacings = regions.map(regionSpacing);
  const first = spacings[0];
  return first && spacings.every((spacing) => spacing && sameSpacing(first, spacing)) ? first : undefined;
}

function regionSpacing(region: DicomJson): PixelSpacing | undefined {
  const inCentimetres = ['PhysicalUnitsXDirection', 'PhysicalUnitsYDirection'] as const;
  if (!inCentimetres.every((keyword) => numberOf(region, tagOf(keyword)) === CENTIMETRES)) return undefined;
  const row = Math.abs(numberOf(region, tagOf('PhysicalDeltaY')) ?? 0) * 10;
  const column = Math.abs(numberOf(region, tagOf('PhysicalDeltaX')) ?? 0) * 10;
  return row > 0 && column > 0 ? [row, column] : undefined;
}
