import { type DicomJson, itemsOf, numberOf, stringOf, TAG } from '../../dicom/index.js';
import type { PixelDescription } from '../../core/index.js';
import type { BulkData } from './bulk-data-needed.js';
import { readLookUpTable } from './look-up-table.js';

type Display = Pick<
  PixelDescription,
  'rescaleSlope' | 'rescaleIntercept' | 'modalityLut' | 'window' | 'voiLut' | 'padding' | 'inverse'
>;

/** Reads the grey-scale transformations: from the frame's functional groups, or from the top of the data set. */
export function describeDisplay(
  metadata: DicomJson,
  bulk: BulkData,
  frame: number,
  stored: { readonly bitsStored: number; readonly signed: boolean },
): Display {
  const rescale = frameItem(metadata, frame, TAG.PixelValueTransformationSequence) ?? metadata;
  const voi = frameItem(metadata, frame, TAG.FrameVOILUTSequence) ?? metadata;
  const modalityLut = firstLut(metadata, TAG.ModalityLUTSequence, bulk, stored.signed);
  const slope = numberOf(rescale, TAG.RescaleSlope);
  return {
    // A slope of zero would make every image flat; it is a writer's mistake for "none".
    rescaleSlope: slope === 0 ? undefined : slope,
    rescaleIntercept: numberOf(rescale, TAG.RescaleIntercept),
    modalityLut,
    window: readWindow(voi),
    voiLut: firstLut(metadata, TAG.VOILUTSequence, bulk, stored.signed),
    padding: readPadding(metadata, stored),
    inverse: stringOf(metadata, TAG.PresentationLUTShape)?.toUpperCase() === 'INVERSE' || undefined,
  };
}

/** The item of a functional group macro for one frame: per frame before shared. */
function frameItem(metadata: DicomJson, frame: number, macro: string): DicomJson | undefined {
  const perFrame = itemsOf(metadata, TAG.PerFrameFunctionalGroupsSequence)[frame];
  const shared = itemsOf(metadata, TAG.SharedFunctionalGroupsSequence)[0];
  for (const group of [perFrame, shared]) {
    const item = group === undefined ? undefined : itemsOf(group, macro)[0];
    if (item !== undefined) return item;
  }
  return undefined;
}

/** The first window; one that no rule allows (a width of 0 is seen) is left out. */
function readWindow(dataset: DicomJson): PixelDescription['window'] {
  const center = numberOf(dataset, TAG.WindowCenter);
  const width = numberOf(dataset, TAG.WindowWidth);
  if (center === undefined || width === undefined || width <= 0) return undefined;
  const named = stringOf(dataset, TAG.VOILUTFunction)?.toUpperCase();
  const shape = named === 'LINEAR_EXACT' || named === 'SIGMOID' ? named : 'LINEAR';
  return shape === 'LINEAR' && width < 1 ? undefined : { center, width, shape };
}

function firstLut(metadata: DicomJson, sequence: string, bulk: BulkData, signed: boolean): Display['voiLut'] {
  const item = itemsOf(metadata, sequence)[0];
  return item && readLookUpTable(item, { descriptor: 'LUTDescriptor', data: 'LUTData' }, bulk, signed);
}

function readPadding(
  metadata: DicomJson,
  stored: { readonly bitsStored: number; readonly signed: boolean },
): PixelDescription['padding'] {
  const value = numberOf(metadata, TAG.PixelPaddingValue);
  if (value === undefined) return undefined;
  const limit = numberOf(metadata, TAG.PixelPaddingRangeLimit) ?? value;
  // Written as US by some although pixels are signed.
  const asStored = (n: number): number =>
    stored.signed && n >= 2 ** (stored.bitsStored - 1) ? n - 2 ** Math.max(16, stored.bitsStored) : n;
  const ends = [asStored(value), asStored(limit)] as const;
  return { from: Math.min(...ends), to: Math.max(...ends) };
}
