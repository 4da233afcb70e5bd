import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../support/channels.js';
import { drawPhantom } from '../../src/phantom/draw-phantom.js';

const sizes = [
  [64, 64],
  [71, 53],
  [40, 97],
] as const;

describe.each(CHANNELS)('the %s picture', (channel) => {
  it.each(sizes)('has a true mask at %i×%i, neither empty nor everything', (width, height) => {
    const { raster, mask } = drawPhantom({ channel, width, height, seed: 1 });
    expect(raster.data).toHaveLength(width * height * 3);
    expect(mask).toMatchObject({ rows: height, columns: width });
    expect([...new Set(mask.data)].sort()).toEqual([0, 1]);
    const share = mask.data.reduce((sum, value) => sum + value, 0) / mask.data.length;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.6);
  });

  it('looks different inside the mask than outside', () => {
    const { raster, mask } = drawPhantom({ channel, width: 128, height: 128, seed: 2 });
    expect(Math.abs(mean(raster.data, mask.data, 1) - mean(raster.data, mask.data, 0))).toBeGreaterThan(5);
  });
});

it('moves the ultrasound mass with the phase', () => {
  const at = (phase: number) =>
    drawPhantom({ channel: 'ultrasound', width: 96, height: 72, seed: 1, phase }).mask.data;
  expect(at(0)).not.toEqual(at(0.25));
  expect(at(0.25)).toEqual(at(0.25));
});

/** Mean of all samples whose pixel has this mask value. */
function mean(samples: Uint8Array, mask: Uint8Array, value: number): number {
  const chosen = samples.filter((_, at) => mask[Math.floor(at / 3)] === value);
  return chosen.reduce((sum, sample) => sum + sample, 0) / chosen.length;
}
