import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packMask, unpackMask } from '../../../src/objects/index.js';

it('a packed mask comes back pixel for pixel, whatever its size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 40 }),
      fc.infiniteStream(fc.nat(1)),
      (rows, columns, pixels) => {
        const data = Uint8Array.from(pixels.take(rows * columns));
        expect(unpackMask(packMask({ rows, columns, data }))).toEqual({ rows, columns, data });
      },
    ),
  );
});

it('it takes a bit a pixel', () => {
  const mask = packMask({ rows: 1024, columns: 1024, data: new Uint8Array(1024 * 1024) });
  expect(mask.bits).toHaveLength((1024 * 1024) / 8);
});

it('a mask that is not packed is handed on as it is', () => {
  const mask = { rows: 1, columns: 2, data: Uint8Array.of(0, 1) };
  expect(unpackMask(mask)).toBe(mask);
});
