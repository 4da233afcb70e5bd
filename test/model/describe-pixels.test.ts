import { describe, expect, it } from 'vitest';
import type { DicomJson } from '../../src/dicom/index.js';
import { bulkDataNeeded, describePixels } from '../../src/model/index.js';

function attributes(values: Record<string, unknown>): DicomJson {
  return Object.fromEntries(
    Object.entries(values).map(([tag, value]) => [tag, { Value: Array.isArray(value) ? value : [value] }]),
  );
}

const BASE = attributes({
  '00280002': 1,
  '00280004': 'MONOCHROME2',
  '00280010': 4,
  '00280011': 6,
  '00280100': 16,
  '00280101': 12,
  '00280102': 11,
  '00280103': 0,
});

const words = (...values: number[]) => Buffer.from(Uint16Array.from(values).buffer).toString('base64');

describe('describePixels', () => {
  it('reads the Image Pixel module and leaves out what is absent', () => {
    expect(describePixels(BASE)).toEqual({
      rows: 4,
      columns: 6,
      samplesPerPixel: 1,
      photometricInterpretation: 'MONOCHROME2',
      planarConfiguration: 0,
      bitsAllocated: 16,
      bitsStored: 12,
      highBit: 11,
      pixelRepresentation: 0,
    });
  });

  it.each([
    ['00280010', 'Rows', 0],
    ['00280011', 'Columns', 'x'],
    ['00280002', 'SamplesPerPixel', 7],
    ['00280004', 'PhotometricInterpretation', ''],
    ['00280100', 'BitsAllocated', 2.5],
    ['00280101', 'BitsStored', 17],
    ['00280102', 'HighBit', 16],
    ['00280103', 'PixelRepresentation', 2],
  ])('names the attribute that is illegal (%s %s)', (tag, keyword, value) => {
    expect(() => describePixels({ ...BASE, ...attributes({ [tag]: value }) })).toThrow(
      expect.objectContaining({ code: 'PIXELS_INVALID', message: `${keyword} is missing or illegal` }),
    );
  });

  it('takes the first window, and numbers that come as strings', () => {
    const metadata = attributes({
      '00281050': ['40', '300'],
      '00281051': ['400', '1500'],
      '00281052': '-1024',
    });
    const described = describePixels({ ...BASE, ...metadata });
    expect(described.window).toEqual({ center: 40, width: 400, shape: 'LINEAR' });
    expect(described.rescaleIntercept).toBe(-1024);
  });

  it('leaves out a window of width 0', () => {
    expect(
      describePixels({ ...BASE, ...attributes({ '00281050': 0, '00281051': 0 }) }).window,
    ).toBeUndefined();
  });

  it('prefers the frame’s functional group to the shared one', () => {
    const voi = (center: number) =>
      attributes({ '00289132': attributes({ '00281050': center, '00281051': 10 }) });
    const rescale = attributes({ '00289145': attributes({ '00281053': 2, '00281052': 3 }) });
    const metadata = {
      ...BASE,
      ...attributes({ '52009229': { ...voi(1), ...rescale }, '52009230': [voi(5), {}] }),
    };
    expect(describePixels(metadata, new Map(), 0).window?.center).toBe(5);
    expect(describePixels(metadata, new Map(), 1)).toMatchObject({
      window: { center: 1, width: 10 },
      rescaleSlope: 2,
      rescaleIntercept: 3,
    });
  });

  it('reads padding as a range of stored values, signed where pixels are', () => {
    const padding = attributes({ '00280120': 63_488, '00280121': 63_536 });
    expect(describePixels({ ...BASE, ...padding, ...attributes({ '00280103': 1 }) }).padding).toEqual({
      from: -2048,
      to: -2000,
    });
  });

  it('reads a VOI LUT inline', () => {
    const item = {
      ...attributes({ '00283002': [3, 100, 8] }),
      '00283006': { InlineBinary: words(1, 2, 255) },
    };
    expect(describePixels({ ...BASE, ...attributes({ '00283010': item }) }).voiLut).toEqual({
      firstMapped: 100,
      bits: 8,
      data: Uint16Array.of(1, 2, 255),
    });
  });

  it('reads a modality LUT given as numbers, with a negative first value', () => {
    const item = attributes({ '00283002': [2, 65_526, 16], '00283006': [7, 8] });
    const metadata = { ...BASE, ...attributes({ '00283000': item, '00280103': 1 }) };
    expect(describePixels(metadata).modalityLut).toEqual({
      firstMapped: -10,
      bits: 16,
      data: Uint16Array.of(7, 8),
    });
  });
});

describe('palettes', () => {
  const palette = (descriptor: number[], data: Record<string, DicomJson[string]>): DicomJson => ({
    ...BASE,
    ...attributes({
      '00280004': 'PALETTE COLOR',
      '00281101': descriptor,
      '00281102': descriptor,
      '00281103': descriptor,
    }),
    ...data,
  });

  it('asks for tables given by reference, and reads them fetched', () => {
    const metadata = palette([2, 0, 8], {
      '00281201': { BulkDataURI: 'red' },
      '00281202': { InlineBinary: words(3, 4) },
      '00281203': { BulkDataURI: 'blue' },
    });
    expect(bulkDataNeeded(metadata)).toEqual([
      { tag: '00281201', uri: 'red' },
      { tag: '00281203', uri: 'blue' },
    ]);
    const bulk = new Map([
      ['red', Uint8Array.of(1, 2)],
      ['blue', Uint8Array.of(5, 0, 6, 0)],
    ]);
    const { palette: read } = describePixels(metadata, bulk);
    expect([read?.red.data, read?.green.data, read?.blue.data]).toEqual([
      Uint16Array.of(1, 2),
      Uint16Array.of(3, 4),
      Uint16Array.of(5, 6),
    ]);
    expect(() => describePixels(metadata)).toThrow(/RedPaletteColorLookupTableData was not fetched/);
  });

  it('expands discrete, linear and indirect segments', () => {
    // discrete 10 20 · linear 4 steps to 60 · repeat both segments from byte 0
    const segments = words(0, 2, 10, 20, 1, 4, 60, 2, 2, 0, 0);
    const metadata = palette([12, 0, 16], {
      '00281221': { InlineBinary: segments },
      '00281222': { InlineBinary: segments },
      '00281223': { InlineBinary: segments },
    });
    const once = [10, 20, 30, 40, 50, 60];
    expect(Array.from(describePixels(metadata).palette!.red.data)).toEqual([...once, ...once]);
  });

  it.each([
    ['too short', words(0, 2, 10, 20)],
    ['overlong', words(0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9)],
    ['unknown opcode', words(9, 4, 1)],
    ['indirect to itself', words(2, 4, 0, 0)],
  ])('%s segments are refused', (_, segments) => {
    const metadata = palette([4, 0, 16], { '00281221': { InlineBinary: segments } });
    expect(() => describePixels(metadata)).toThrow(
      /SegmentedRedPaletteColorLookupTableData is missing or illegal/,
    );
  });

  it('256 entries in fewer bytes are refused', () => {
    const metadata = palette([0, 0, 16], { '00281201': { InlineBinary: words(1, 2) } });
    expect(() => describePixels(metadata)).toThrow(/RedPaletteColorLookupTableData is missing or illegal/);
  });
});
