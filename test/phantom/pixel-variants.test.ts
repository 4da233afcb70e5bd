import { expect, it, describe } from 'vitest';
import type { DicomJson } from '../../src/dicom/index.js';
import { decodeFrame } from '../../src/model/decode/decode-frame.js';
import { describePixels } from '../../src/model/index.js';
import { toRaster } from '../../src/model/raster/to-raster.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { PIXEL_VARIANTS, type PixelVariant } from '../../src/phantom/pixel-variants.js';
import { drawnByDcmtk, dicomJsonByDcmtk } from './read-back.js';
import { dciodvfyErrors } from '../support/dciodvfy.js';

/** Odd rows; columns even because YBR_FULL_422 wants it, but no multiple of 8. */
const SIZE = { width: 70, height: 53 } as const;
/** Found in archives, but not by the book of today: uncompressed 4:2:2, and segmented palettes outside of a PALETTE module. */
const SEEN_ONLY = new Set(['YBR_FULL_422 uncompressed', 'PALETTE COLOR, segmented']);
const variants = Object.entries(PIXEL_VARIANTS) as [string, PixelVariant][];

describe.each(variants)('%s', (name, variant) => {
  const phantom = phantomInstance({ ...variant, ...SIZE, salt: 'variants' });
  const drawn = phantom.rasters[0]!;
  const shown = async () => {
    const metadata: DicomJson = dicomJsonByDcmtk(phantom.bytes);
    const pixelBytes = Buffer.from(metadata['7FE00010']!.InlineBinary!, 'base64');
    const frame = {
      bytes: pixelBytes,
      transferSyntaxUid: '1.2.840.10008.1.2.1',
      pixels: describePixels(metadata),
    };
    return toRaster(await decodeFrame(frame));
  };

  if (!SEEN_ONLY.has(name)) {
    it('is a valid object', () => {
      expect(dciodvfyErrors(phantom.bytes)).toEqual([]);
    });
  }

  it('is shown as it was drawn', async () => {
    expect(worst((await shown()).data, drawn.data)).toBeLessThanOrEqual(name.startsWith('YBR') ? 2 : 1);
  });

  // Padding and segmented palettes are not DCMTK's to draw.
  if (!/padding|segmented/.test(name)) {
    it('is shown as DCMTK shows it', async () => {
      const grey = drawn.data.every((value, at) => value === drawn.data[at - (at % 3)]);
      const window = name === 'VOI LUT' ? ['--use-voi-lut', '1'] : ['--use-window', '1'];
      const hasWindow = variant.kind === 'xray' || variant.kind === 'xray-cr';
      const theirs = drawnByDcmtk(phantom.bytes, 1, hasWindow ? window : []);
      const ours = (await shown()).data;
      const compared = grey ? ours.filter((_, at) => at % 3 === 0) : ours;
      expect(worst(compared, theirs)).toBeLessThanOrEqual(name.startsWith('YBR') ? 2 : 1);
    });
  }
});

/** The largest difference of two samples at the same place. */
function worst(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
