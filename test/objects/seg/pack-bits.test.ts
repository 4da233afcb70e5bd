import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packBits, packedLength } from '../../../src/objects/index.js';

function packedOf(frames: readonly Uint8Array[]): Uint8Array {
  const packed = new Uint8Array(packedLength(frames.reduce((sum, frame) => sum + frame.length, 0)));
  packBits(frames, packed);
  return packed;
}

/** Reads pixels back one at a time, straight from the words of PS3.5 §8.1.1. */
function unpack(packed: Uint8Array, frames: number, pixels: number): Uint8Array[] {
  return Array.from({ length: frames }, (_, frame) =>
    Uint8Array.from({ length: pixels }, (_, i) => {
      const bit = frame * pixels + i;
      return (packed[Math.floor(bit / 8)]! >> (bit % 8)) & 1;
    }),
  );
}

describe('packBits', () => {
  it('puts the first pixel in the least significant bit', () => {
    expect([...packedOf([Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 1)])]).toEqual([0b1, 0b10]);
  });

  it('goes on inside a byte where a frame ends inside one', () => {
    expect([...packedOf([Uint8Array.of(1, 0, 1), Uint8Array.of(1, 1, 0)])]).toEqual([0b011101, 0]);
  });

  it('returns every pixel of every frame, whatever the size', () => {
    const masks = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 41 }))
      .chain(([frames, pixels]) =>
        fc.array(fc.uint8Array({ min: 0, max: 1, minLength: pixels, maxLength: pixels }), {
          minLength: frames,
          maxLength: frames,
        }),
      )
      .map((frames) => frames.map((frame) => frame.map((value) => value & 1)));
    fc.assert(
      fc.property(masks, (frames) => {
        const pixels = frames[0]!.length;
        const packed = packedOf(frames);
        expect(packed.length % 2).toBe(0);
        expect(packed.length).toBe(packedLength(frames.length * pixels));
        expect(unpack(packed, frames.length, pixels)).toEqual(frames);
      }),
      { numRuns: 500 },
    );
  });

  it('does not mind where in memory a mask starts', () => {
    const memory = Uint8Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const starts = [0, 1, 2, 3].map((start) => packedOf([memory.subarray(start, start + 21)]));
    starts.forEach((packed, start) => {
      expect(unpack(packed, 1, 21)).toEqual([memory.slice(start, start + 21)]);
    });
  });

  it('leaves the padding at the end zero', () => {
    expect([...packedOf([new Uint8Array(9).fill(1)])]).toEqual([0xff, 0x01]);
    expect([...packedOf([new Uint8Array(1).fill(1)])]).toEqual([0x01, 0x00]);
  });
});
