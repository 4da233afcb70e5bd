import { expect, it } from 'vitest';
import { buildSeg } from '../../../src/objects/index.js';
import { segInput } from './support/input.js';
import { SOP, source } from './support/sources.js';

it('builds 200 frames of 1024×1024 in about a second', { timeout: 60_000 }, () => {
  const data = Uint8Array.from({ length: 1024 * 1024 }, (_, i) => ((i >> 4) % 3 === 0 ? 1 : 0));
  const long = source({
    SOPClassUID: SOP.ultrasoundMultiFrame,
    NumberOfFrames: 200,
    Rows: 1024,
    Columns: 1024,
  });
  const frames = Array.from({ length: 200 }, (_, i) => ({
    sourceIndex: 0,
    frameNumber: i + 1,
    mask: { rows: 1024, columns: 1024, data: data.slice() },
  }));
  const input = { ...segInput(), sources: [long], frames };
  const start = process.cpuUsage();
  const { bytes } = buildSeg(input);
  const { user, system } = process.cpuUsage(start);
  expect(bytes.length).toBeGreaterThan(200 * 128 * 1024);
  // Machines differ, and may be busy with something else: this only catches what costs more by an order.
  expect((user + system) / 1000).toBeLessThan(10_000);
});
