import { describe, expect, it } from 'vitest';
import { enlarged, type LogitMap } from '../../src/model/network/logit-map.js';
import { type PostprocessRules, postprocess } from '../../src/model/network/postprocess.js';

/** Numbers 0–1 that are the same in every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Hills and valleys with sharp and soft edges, from one side of the limit to the other; `flat` has one value. */
function logits(side: number, kind: 'hills' | 'noise' | 'flat'): Float32Array {
  const random = noise(side);
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [(i % side) / side, Math.floor(i / side) / side];
    if (kind === 'flat') return -3.25;
    if (kind === 'noise') return 60 * (random() - 0.5);
    return 14 * Math.sin(7 * x) * Math.cos(5 * y) + random() - 4 * Math.round(y);
  });
}

/** The same map, pixel by pixel only. */
const byPixels = ({ rows, columns, eachRow }: LogitMap): LogitMap => ({ rows, columns, eachRow });

const line = { bias: 0.3, weights: { inside: 1, undecided: -1, expected: 0.5, area: 0.2 } };
const quality = {
  mask: line,
  empty: { bias: 0, weights: { peak: 1 } },
  conformal: { level: 0.9, quantile: 0.4, n: 9 },
  reviewBelow: 0.5,
} satisfies PostprocessRules['quality'];

describe('a map judged by its straight pieces is what it is pixel by pixel', () => {
  const rules: PostprocessRules[] = [
    { threshold: 0.5, quality },
    { threshold: 0.2, quality },
    { threshold: 0.6, quality, clean: { minIsland: 0.001, fillHoles: 0.01 } },
    { threshold: 1 - 1e-12, quality },
  ];
  it.each(
    (['hills', 'noise', 'flat'] as const).flatMap((kind) =>
      [
        [56, 768, 1024],
        [56, 57, 61],
        [8, 5, 7],
        [4, 301, 3],
        [1, 20, 30],
      ].map(([side, rows, columns]) => [kind, side!, rows!, columns!] as const),
    ),
  )('%s of %i² brought to %i × %i', (kind, side, rows, columns) => {
    const map = enlarged(logits(side, kind), side, { rows, columns });
    expect(map.eachSlope).toBeDefined();
    for (const rule of rules) {
      const found = postprocess(map, rule);
      const expected = postprocess(byPixels(map), rule);
      expect(Buffer.compare(found.mask, expected.mask)).toBe(0);
      expect(found.positivePixels).toBe(expected.positivePixels);
      expect(found.meanProbability).toBeCloseTo(expected.meanProbability, 6);
      expect(found.quality!.predicted).toBeCloseTo(expected.quality!.predicted, 6);
    }
  });

  it('covers every pixel once, from left to right, with the logits of its rows', () => {
    const map = enlarged(logits(8, 'hills'), 8, { rows: 6, columns: 45 });
    const rows: number[][] = [];
    map.eachRow((_y, row) => rows.push([...row]));
    const pieces: number[][] = rows.map(() => []);
    map.eachSlope!((y, from, to, start, rise, place) => {
      expect(from).toBe(pieces[y]!.length);
      for (let x = from; x < to; x += 1) pieces[y]!.push(start + rise * place[x]!);
    });
    expect(pieces).toEqual(rows);
  });
});
