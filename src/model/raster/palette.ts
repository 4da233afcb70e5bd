import { AppError, type LookUpTable, type PixelDescription } from '../../core/index.js';
import type { Samples } from '../decode/samples.js';

/** Renders PALETTE COLOR through its three look-up tables (PS3.3 C.7.9). */
export function paletteToRgb(samples: Samples, pixels: PixelDescription): Uint8Array {
  if (pixels.palette === undefined) {
    throw new AppError('PIXELS_INVALID', 'RedPaletteColorLookupTableData is missing');
  }
  const tables = [pixels.palette.red, pixels.palette.green, pixels.palette.blue] as const;
  const bytes = toBytes(tables);
  const out = new Uint8Array(samples.length * 3);
  bytes.forEach((table, channel) => {
    const { firstMapped } = tables[channel]!;
    const last = table.length - 1;
    for (let i = 0, to = channel; i < samples.length; i += 1, to += 3) {
      out[to] = table[Math.min(Math.max(samples[i]! - firstMapped, 0), last)]!;
    }
  });
  return out;
}

/** The high byte of 16-bit entries; files exist that say 16 bits and hold 8. */
function toBytes(tables: readonly LookUpTable[]): readonly Uint8Array[] {
  const small = tables.every(({ data }) => data.every((entry) => entry <= 255));
  return tables.map(({ data, bits }) => {
    const shift = small ? 0 : Math.max(0, bits - 8);
    return Uint8Array.from(data, (entry) => Math.min(255, entry >> shift));
  });
}
