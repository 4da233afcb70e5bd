import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DicomJson } from '../../src/dicom/index.js';
import { ultrasoundRegion } from '../../src/model/describe/ultrasound-region.js';
import { clean } from '../../src/model/network/clean.js';
import { contentOf, cutToContent, putBack } from '../../src/model/network/crop.js';
import type { LogitMap } from '../../src/model/network/logit-map.js';
import { postprocess } from '../../src/model/network/postprocess.js';
import { featuresOf, predict, sumsOf, type QualityRule } from '../../src/model/network/quality.js';

// What the training code computed: `python -m espmedsam.golden_steps`. It says there how pictures and logits are made.
const golden = JSON.parse(readFileSync('test/model/golden-steps.json', 'utf8')) as {
  crop: { rule: Parameters<typeof contentOf>[1]; cases: (PictureFormula & { box: object })[] };
  clean: { noise: number; threshold: number; clean: Parameters<typeof clean>[2]; runs: number[] }[];
  quality: {
    rule: QualityRule;
    cases: {
      noise: number;
      threshold: number;
      presence: number | null;
      agreement: number | null;
      features: Record<string, number>;
      quality: { predicted: number; lower: number; review: boolean };
    }[];
  };
};

interface PictureFormula {
  readonly rows: number;
  readonly columns: number;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly spark: number;
}

function picture({ rows, columns, top, bottom, left, right, spark }: PictureFormula) {
  const data = new Uint8Array(rows * columns * 3);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const at = y * columns + x;
      const inside = x >= left && x < right && y >= top && y < bottom;
      const grey = inside ? 40 + ((7 * x + 13 * y) % 32) : (3 * x + 5 * y) % 12;
      data.fill(spark > 0 && at % spark === 0 ? 255 : grey, 3 * at, 3 * at + 3);
    }
  }
  return { width: columns, height: rows, data };
}

/** Logits of 50 rows and 70 columns. */
function logits(noise: number): LogitMap {
  return {
    rows: 50,
    columns: 70,
    eachRow: (visit) => {
      for (let y = 0; y < 50; y += 1) {
        const row = Float64Array.from({ length: 70 }, (_, x) => {
          const smooth = (300 - (x - 30) ** 2 - 2 * (y - 22) ** 2) / 100;
          return smooth + (((3 * x * x + 5 * y * y + x * y) % 41) - 20) / noise;
        });
        visit(y, row);
      }
    },
  };
}

function runLengths(mask: Uint8Array): number[] {
  const runs = [0];
  mask.forEach((value) => {
    if (value === runs.length % 2) runs.push(0);
    runs[runs.length - 1]! += 1;
  });
  return runs;
}

describe('as in the training code', () => {
  it.each(golden.crop.cases)('the content of a picture lies in $box', ({ box, ...formula }) => {
    expect(contentOf(picture(formula), golden.crop.rule)).toEqual(box);
  });

  it.each(golden.clean)('a mask is cleaned by $clean', ({ noise, threshold, clean: rule, runs }) => {
    expect(runLengths(postprocess(logits(noise), { threshold, clean: rule }).mask)).toEqual(runs);
  });

  it.each(golden.quality.cases)('a mask of noise $noise is judged', (one) => {
    const { mask } = postprocess(logits(one.noise), { threshold: one.threshold });
    const facts = { presence: one.presence ?? undefined, agreement: one.agreement ?? undefined };
    const map = logits(one.noise);
    const features = featuresOf(sumsOf(map, mask), map, facts);
    for (const [name, value] of Object.entries(one.features)) {
      expect([name, features[name as keyof typeof features]]).toEqual([name, expect.closeTo(value, 9)]);
    }
    const { predicted, lower, review } = predict(golden.quality.rule, features);
    expect(predicted).toBeCloseTo(one.quality.predicted, 9);
    expect(lower).toBeCloseTo(one.quality.lower, 9);
    expect(review).toBe(one.quality.review);
  });
});

describe('a picture cut to its content', () => {
  it('gives its mask back in the place where it was', () => {
    const whole = picture({ rows: 60, columns: 80, top: 12, bottom: 50, left: 8, right: 72, spark: 0 });
    const content = contentOf(whole, golden.crop.rule);
    expect(cutToContent(whole, content)).toMatchObject({ width: 64, height: 38 });
    const mask = putBack(new Uint8Array(64 * 38).fill(1), content, { rows: 60, columns: 80 });
    expect(mask.reduce((sum, value) => sum + value, 0)).toBe(64 * 38);
    expect([mask[12 * 80 + 7], mask[12 * 80 + 8], mask[49 * 80 + 71], mask[49 * 80 + 72]]).toEqual([
      0, 1, 1, 0,
    ]);
  });
});

describe('an ultrasound picture whose header says where tissue is', () => {
  const item = (format: number, [left, top, right, bottom]: readonly [number, number, number, number]) => ({
    '00186012': { vr: 'US', Value: [format] },
    '00186018': { vr: 'UL', Value: [left] },
    '0018601A': { vr: 'UL', Value: [top] },
    '0018601C': { vr: 'UL', Value: [right] },
    '0018601E': { vr: 'UL', Value: [bottom] },
  });
  const size = { rows: 60, columns: 80 };
  const regionOf = (...items: readonly object[]) =>
    ultrasoundRegion({ '00186011': { vr: 'SQ', Value: items } } as DicomJson, size);

  it('is cut to its two-dimensional regions, and to what is not black in them', () => {
    const region = regionOf(item(1, [10, 5, 49, 54]), item(1, [40, 5, 69, 50]), item(2, [0, 0, 79, 59]));
    expect(region).toEqual({ left: 10, top: 5, width: 60, height: 50 });
    const whole = picture({ ...size, top: 0, bottom: 40, left: 0, right: 80, spark: 0 });
    const content = contentOf({ ...whole, region }, golden.crop.rule);
    expect(content).toEqual({ left: 10, top: 5, width: 60, height: 35 });
    expect(contentOf({ ...whole, region }, undefined)).toEqual({ left: 0, top: 0, width: 80, height: 60 });
  });

  it('is taken whole where the regions cannot be right', () => {
    expect(regionOf(item(1, [10, 5, 80, 54]))).toBeUndefined();
    expect(regionOf(item(1, [50, 5, 20, 54]))).toBeUndefined();
    expect(regionOf()).toBeUndefined();
    const whole = picture({ ...size, top: 0, bottom: 60, left: 0, right: 80, spark: 0 });
    const tiny = { left: 3, top: 3, width: 4, height: 4 };
    expect(contentOf({ ...whole, region: tiny }, golden.crop.rule)).toMatchObject({ width: 80, height: 60 });
  });
});

describe('a picture in which nothing is there to find', () => {
  it('has no mask, however sure its pixels are', () => {
    const rules = { threshold: 0.4, presence: { threshold: 0.5 } };
    expect(postprocess(logits(8), rules, { presence: 0.1 }).positivePixels).toBeGreaterThan(0);
    const nothing = postprocess(logits(8), rules, { presence: -0.1 });
    expect(nothing.positivePixels).toBe(0);
    expect(nothing.presence).toBeCloseTo(0.475, 3);
  });
});
