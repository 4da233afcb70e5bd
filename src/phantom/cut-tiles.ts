import type { Mask, Raster } from '../core/index.js';

/** One tile of a picture with its part of the true mask. */
export interface Tile {
  readonly raster: Raster;
  readonly mask: Mask;
}

/** Glass without tissue, which fills tiles beyond the picture's edge. */
const EMPTY_GLASS = 245;

/** Cuts a picture into square tiles, row by row from the top left: the order of TILED_FULL (PS3.3 C.7.6.17.3). */
export function cutTiles({ raster, mask }: Tile, side: number): Tile[] {
  const columns = Math.ceil(raster.width / side);
  const rows = Math.ceil(raster.height / side);
  return Array.from({ length: rows * columns }, (_, i) => {
    const [left, top] = [(i % columns) * side, Math.floor(i / columns) * side];
    const data = new Uint8Array(side * side * 3).fill(EMPTY_GLASS);
    const truth = new Uint8Array(side * side);
    const width = Math.min(side, raster.width - left);
    for (let y = 0; y < Math.min(side, raster.height - top); y += 1) {
      const from = (top + y) * raster.width + left;
      data.set(raster.data.subarray(from * 3, (from + width) * 3), y * side * 3);
      truth.set(mask.data.subarray(from, from + width), y * side);
    }
    return {
      raster: { width: side, height: side, data },
      mask: { rows: side, columns: side, data: truth },
    };
  });
}
