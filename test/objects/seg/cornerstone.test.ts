import { adaptersSEG } from '@cornerstonejs/adapters';
import { metaData } from '@cornerstonejs/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DicomJson, frameCount, numberOf, numbersOf, stringOf, TAG } from '../../../src/dicom/index.js';
import { elements } from '../../../src/objects/shared/elements.js';
import { buildSeg, unpackMask } from '../../../src/objects/index.js';
import type { SegForm } from '../../../src/objects/seg/types.js';
import { mask, segInput } from './support/input.js';
import { UNITS } from './support/sources.js';

// Cornerstone's own reader, as OHIF and others use it, without a browser: it gets the file and the list of images
// that a viewer shows, and gives a label map for each image.
const { createFromDICOMSegBuffer } = adaptersSEG.Cornerstone3D.Segmentation;

const images = new Map<string, DicomJson>();
beforeAll(() => metaData.addProvider(describeImage, 1));

/** What a viewer knows of an image, in the terms that Cornerstone asks for. */
function describeImage(type: string, imageId: string): unknown {
  const source = images.get(imageId);
  if (!source) return undefined;
  const [rows, columns] = [numberOf(source, TAG.Rows)!, numberOf(source, TAG.Columns)!];
  const sopInstanceUID = stringOf(source, TAG.SOPInstanceUID)!;
  const orientation = numbersOf(source, TAG.ImageOrientationPatient);
  switch (type) {
    case 'instance':
      return { Rows: rows, Columns: columns, SOPInstanceUID: sopInstanceUID };
    case 'generalImageModule':
      return { sopInstanceUID };
    case 'generalSeriesModule':
      return { modality: stringOf(source, TAG.Modality) };
    case 'imagePlaneModule':
      // OHIF makes this up for images without a plane.
      return {
        rows,
        columns,
        imagePositionPatient: [0, 0, 0],
        rowCosines: orientation.length === 6 ? orientation.slice(0, 3) : [1, 0, 0],
        columnCosines: orientation.length === 6 ? orientation.slice(3) : [0, 1, 0],
        rowPixelSpacing: 1,
        columnPixelSpacing: 1,
      };
    case 'imagePixelModule':
      return { rows, columns, samplesPerPixel: 1, bitsAllocated: 8, bitsStored: 8, pixelRepresentation: 0 };
    default:
      return undefined;
  }
}

/** Image ids of every frame of a display unit, as WADO-RS names them. */
function imageIdsOf(sources: readonly DicomJson[]): string[] {
  images.clear();
  for (const source of sources) {
    for (let frame = 1; frame <= frameCount(source); frame += 1) {
      const uid = stringOf(source, TAG.SOPInstanceUID)!;
      images.set(`wadors:http://archive/studies/1/series/2/instances/${uid}/frames/${frame}`, source);
    }
  }
  return [...images.keys()];
}

/** The same unit in another size. */
function sized(sources: readonly DicomJson[], rows: number, columns: number): DicomJson[] {
  return sources.map((source) => ({ ...source, ...elements({ Rows: rows, Columns: columns }) }));
}

interface LabelMapImage {
  readonly voxelManager: { getScalarData(): ArrayLike<number> };
}

async function readWithCornerstone(bytes: Uint8Array, imageIds: string[]): Promise<number[][]> {
  const { labelMapImages } = (await createFromDICOMSegBuffer(imageIds, Uint8Array.from(bytes).buffer, {
    metadataProvider: metaData,
  })) as { labelMapImages: LabelMapImage[][] };
  return labelMapImages[0]!.map((image) => Array.from(image.voxelManager.getScalarData()));
}

// Whole-slide tiles have no test here: no viewer of this family shows them.
const KINDS = Object.keys(UNITS);

describe.each<[SegForm, number, number]>([
  ['binary', 8, 10],
  ['binary', 16, 12],
  ['labelmap', 8, 10],
  ['labelmap', 7, 9],
])('Cornerstone reads a %s SEG of %i × %i', (form, rows, columns) => {
  it.each(KINDS)('%s: every mask on its own frame, bit for bit', async (name) => {
    const sources = sized(UNITS[name]!, rows, columns);
    const input = segInput(sources, { form });
    const labelMaps = await readWithCornerstone(buildSeg(input).bytes, imageIdsOf(sources));
    expect(labelMaps).toEqual(input.frames.map((frame) => Array.from(unpackMask(frame.mask).data)));
  });
});

describe('frames that begin inside a byte', () => {
  it('are read as they are (8 frames of 54 pixels)', async () => {
    const sources = UNITS['US multi-frame']!;
    const input = segInput(sources);
    const labelMaps = await readWithCornerstone(buildSeg(input).bytes, imageIdsOf(sources));
    expect(labelMaps).toEqual(input.frames.map((frame) => Array.from(unpackMask(frame.mask).data)));
  });

  it('leave images without foreground empty', async () => {
    const sources = UNITS['US multi-frame']!;
    const frames = [2, 7].map((frameNumber) => ({
      sourceIndex: 0,
      frameNumber,
      mask: mask(6, 9, frameNumber),
    }));
    const labelMaps = await readWithCornerstone(
      buildSeg(segInput(sources, { frames, form: 'labelmap' })).bytes,
      imageIdsOf(sources),
    );
    const expected = Array.from({ length: 8 }, () => new Array<number>(54).fill(0));
    for (const frame of frames) expected[frame.frameNumber - 1] = Array.from(unpackMask(frame.mask).data);
    expect(labelMaps).toEqual(expected);
  });
});

// A mistake of the adapter, up to this version at least: it does not expect the padding of PS3.5 §7.1.1. When this test
// fails, docs/viewers.md can say from which version on such a SEG opens as BINARY.
it('refuses a binary SEG whose bits fill an odd number of bytes', async () => {
  const sources = UNITS['VL Photographic']!;
  const reading = readWithCornerstone(buildSeg(segInput(sources)).bytes, imageIdsOf(sources));
  await expect(reading).rejects.toThrow('Unexpected 1-bit SEG PixelData length 8');
});
