import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Channel, PixelDescription, Raster } from '../../src/core/index.js';
import { createEngine } from '../../src/model/process/engine.js';
import type { Manifest } from '../../src/model/network/manifest-schema.js';
import { describe8 } from './pictures.js';
import { writeTinyModel } from './tiny-model.js';

const OPTIONS = { threads: 1, provider: 'cpu' } as const;

/** Left half one colour, right half another; RGB, Explicit VR Little Endian. */
function halves(left: number[], right: number[], pixels: PixelDescription) {
  const bytes = new Uint8Array(pixels.rows * pixels.columns * 3);
  for (let i = 0; i < bytes.length; i += 3)
    bytes.set((i / 3) % pixels.columns < pixels.columns / 2 ? left : right, i);
  return { bytes, transferSyntaxUid: '1.2.840.10008.1.2.1', pixels };
}

const pixels = describe8({ rows: 60, columns: 80, samplesPerPixel: 3 });

const QUALITY = {
  mask: { bias: 0, weights: { inside: 1 } },
  empty: { bias: 0, weights: {} },
  conformal: { level: 0.9, quantile: 0.5, n: 20 },
  reviewBelow: 0.95,
};

/** One grey within a box, black around it. */
function framed(
  size: { rows: number; columns: number },
  box: { top: number; left: number; bottom: number; right: number },
  grey: number,
) {
  const bytes = new Uint8Array(size.rows * size.columns * 3);
  for (let y = box.top; y < box.bottom; y += 1)
    bytes.fill(grey, 3 * (y * size.columns + box.left), 3 * (y * size.columns + box.right));
  return {
    bytes,
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    pixels: describe8({ ...size, samplesPerPixel: 3 }),
  };
}

describe('createEngine', () => {
  it('segments in source geometry with the channel asked for', async () => {
    const engine = await createEngine({ ...OPTIONS, manifestPath: writeTinyModel() });
    const frame = halves([0, 0, 0], [255, 255, 255], pixels);
    const first = await engine.segment(frame, 'dermoscopy');
    expect(first.mask).toHaveLength(60 * 80);
    expect(first.positivePixels).toBe(60 * 40);
    expect([first.mask[0], first.mask[79]]).toEqual([0, 1]);
    expect(first.meanProbability).toBeGreaterThan(0.95);
    // The stand-in's logits are lower by the channel's index, so that a later channel's mask is smaller.
    const last = await engine.segment(frame, 'colonoscopy');
    expect(last.positivePixels).toBeLessThan(first.positivePixels);
    expect(await engine.detect(frame)).toBeUndefined();
    await engine.close();
  });

  it('sees in tiles what is too thin for the whole picture', async () => {
    const change = (manifest: Manifest) => ({
      ...manifest,
      channels: manifest.channels.map((channel) => ({
        ...channel,
        ...(channel.name === 'xray' ? { tiles: 3 } : {}),
      })),
    });
    const manifestPath = writeTinyModel({ change });
    const engine = await createEngine({ ...OPTIONS, manifestPath });
    const large = describe8({ rows: 400, columns: 400, samplesPerPixel: 3 });
    // White columns 190 to 213 on black: less than half of an output cell of the whole picture.
    const bytes = new Uint8Array(400 * 400 * 3);
    for (let i = 0; i < 400 * 400; i += 1)
      if (i % 400 >= 190 && i % 400 < 214) bytes.fill(255, 3 * i, 3 * i + 3);
    const frame = { bytes, transferSyntaxUid: '1.2.840.10008.1.2.1', pixels: large };
    expect((await engine.segment(frame, 'dermoscopy')).positivePixels).toBe(0);
    const { mask, positivePixels } = await engine.segment(frame, 'xray');
    expect(positivePixels).toBeGreaterThan(400 * 8);
    const columns = new Set(Array.from(mask, (value, i) => (value === 1 ? i % 400 : -1)));
    columns.delete(-1);
    expect(Math.min(...columns)).toBeGreaterThan(180);
    expect(Math.max(...columns)).toBeLessThan(224);
    expect(engine.model.channels.map(({ tiles }) => tiles)).toEqual([1, 3, 1, 1, 1, 1]);
    await engine.close();
  });

  it('cuts black borders off, finds nothing where nothing is, cleans and judges, as the manifest asks', async () => {
    const change = (manifest: Manifest) => ({
      ...manifest,
      input: { ...manifest.input, crop: { rule: 'black-borders' } },
      channels: manifest.channels.map((channel) => ({
        ...channel,
        ...(channel.name === 'xray'
          ? { crop: true, presence: { output: 'patch_logits', threshold: 0.4 } }
          : {}),
        ...(channel.name === 'fundus' ? { clean: { minIslandOfLargest: 0.5 }, quality: QUALITY } : {}),
      })),
    });
    const engine = await createEngine({ ...OPTIONS, manifestPath: writeTinyModel({ change }) });
    const bordered = framed({ rows: 100, columns: 120 }, { top: 20, left: 30, bottom: 80, right: 110 }, 170);
    const mask = await engine.segment(bordered, 'xray');
    // All of the content and nothing of the border: without the cut it would end within a cell of the network.
    expect(mask.positivePixels).toBe(60 * 80);
    expect([mask.mask[19 * 120 + 50], mask.mask[20 * 120 + 50]]).toEqual([0, 1]);
    expect(mask.presence).toBeGreaterThan(0.5);
    // Half of it would be foreground, but the whole speaks against anything being there.
    const dark = halves([60, 60, 60], [170, 170, 170], pixels);
    expect((await engine.segment(dark, 'dermoscopy')).positivePixels).toBeGreaterThan(2000);
    expect(await engine.segment(dark, 'xray')).toMatchObject({ positivePixels: 0, meanProbability: 0 });
    const judged = await engine.segment(bordered, 'fundus');
    expect(judged.quality?.predicted).toBeCloseTo(1 / (1 + Math.exp(-judged.meanProbability)), 6);
    expect(judged.quality).toMatchObject({ review: true });
    expect((await engine.segment(bordered, 'ultrasound')).quality).toBeUndefined();
    expect(engine.model.channels.map(({ steps }) => steps?.length ?? 0)).toEqual([0, 2, 0, 1, 0, 0]);
    await engine.close();
  });

  it('tells what it loaded', async () => {
    const engine = await createEngine({ ...OPTIONS, manifestPath: writeTinyModel({ detector: true }) });
    expect(engine.model).toMatchObject({
      name: 'ESP-MedSAM',
      version: '0.0.1',
      preprocessingVersion: '1',
      provider: 'cpu',
      detector: { threshold: 0.9, thresholdAlone: 0.9 },
    });
    expect(engine.model.channels).toHaveLength(6);
    await engine.close();
  });

  it('tells the threshold for a picture whose header is silent, where the manifest has one', async () => {
    const change = (manifest: Manifest) => ({
      ...manifest,
      detector: { ...manifest.detector!, thresholdAlone: 0.97 },
    });
    const manifestPath = writeTinyModel({ detector: true, change });
    const engine = await createEngine({ ...OPTIONS, manifestPath });
    expect(engine.model.detector).toMatchObject({ threshold: 0.9, thresholdAlone: 0.97 });
    await engine.close();
  });

  it('gives the detector’s probabilities by name', async () => {
    const engine = await createEngine({ ...OPTIONS, manifestPath: writeTinyModel({ detector: true }) });
    const green = await engine.detect(halves([0, 255, 0], [0, 255, 0], pixels));
    expect(green!.xray).toBeGreaterThan(0.99);
    const blue = await engine.detect(halves([0, 0, 255], [0, 0, 255], pixels));
    expect(blue!.none).toBeGreaterThan(0.99);
    expect(Object.values(blue!).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    await engine.close();
  });

  it('damaged pixels are an error of the frame, and the engine goes on', async () => {
    const engine = await createEngine({ ...OPTIONS, manifestPath: writeTinyModel() });
    const frame = halves([0, 0, 0], [255, 255, 255], pixels);
    const cut = { ...frame, bytes: frame.bytes.subarray(1) };
    await expect(engine.segment(cut, 'xray')).rejects.toMatchObject({ code: 'PIXELS_INVALID' });
    await expect(engine.segment(frame, 'xray')).resolves.toBeDefined();
    await engine.close();
  });

  it('a model without the inputs wanted, or of another input size, is refused', async () => {
    const swapped = writeTinyModel({
      detector: true,
      change: ({ detector, ...rest }) => ({ ...rest, ...pick(detector!) }),
    });
    await expect(createEngine({ ...OPTIONS, manifestPath: swapped })).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringMatching(/no input "modality"/),
    });
    const resized = writeTinyModel({ change: (m) => ({ ...m, input: { ...m.input, size: 64 } }) });
    const engine = await createEngine({ ...OPTIONS, manifestPath: resized });
    await expect(engine.segment(halves([0, 0, 0], [9, 9, 9], pixels), 'xray')).rejects.toMatchObject({
      code: 'MODEL_INVALID',
    });
  });

  it.each([
    ['cuda', /^cuda$|^MODEL_INVALID: CUDA is not available.*Install CUDA 12/],
    ['tensorrt', /^tensorrt$|^MODEL_INVALID: TensorRT is not available.*Install CUDA 12.*TensorRT 10/],
  ] as const)(
    '%s is used or refused with what to install, never replaced in silence',
    async (provider, says) => {
      const asked = createEngine({ ...OPTIONS, provider, manifestPath: writeTinyModel() });
      const outcome = await asked.then(
        (engine) => engine.model.provider,
        (error: Error & { code: string }) => `${error.code}: ${error.message}`,
      );
      expect(outcome).toMatch(says);
    },
  );
});

// The shipped model against what the training code computed for the same picture (see models/golden.json).
describe('the shipped model', () => {
  it('gives the golden masks', { timeout: 120_000 }, async () => {
    const golden = JSON.parse(readFileSync('models/golden.json', 'utf8')) as Golden;
    const raster = goldenPicture(golden.rows, golden.columns);
    const engine = await createEngine({ threads: 2, provider: 'cpu', manifestPath: 'models/manifest.json' });
    const cases = [
      { raster, masks: golden.masks },
      ...(golden.border ? [{ raster: within(golden.border, raster), masks: golden.bordered }] : []),
    ];
    for (const { raster: shown, masks } of cases) {
      for (const [channel, expected] of Object.entries(masks)) {
        const found = await engine.segmentRaster(shown, channel as Channel);
        const wrong = differing(found.mask, expected.runs);
        expect({ channel, wrong: wrong <= found.mask.length / 1000 }).toEqual({ channel, wrong: true });
        expect(Math.abs(found.positivePixels - expected.area)).toBeLessThanOrEqual(found.mask.length / 1000);
        expect(Math.abs((found.presence ?? 0) - (expected.presence ?? 0))).toBeLessThan(0.01);
        expect(Math.abs((found.quality?.predicted ?? 0) - (expected.quality?.predicted ?? 0))).toBeLessThan(
          0.02,
        );
      }
    }
    await engine.close();
  });
});

interface GoldenMask {
  readonly area: number;
  readonly runs: readonly number[];
  readonly presence?: number;
  readonly quality?: { readonly predicted: number };
}

interface Golden {
  readonly rows: number;
  readonly columns: number;
  readonly masks: Readonly<Record<string, GoldenMask>>;
  /** Black around the same picture, for the channels that cut it off; older files do not have it. */
  readonly border?: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
  readonly bordered: Readonly<Record<string, GoldenMask>>;
}

/** A picture with black around it. */
function within({ top, bottom, left, right }: NonNullable<Golden['border']>, inner: Raster): Raster {
  const width = left + inner.width + right;
  const height = top + inner.height + bottom;
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < inner.height; y += 1) {
    const row = inner.data.subarray(3 * y * inner.width, 3 * (y + 1) * inner.width);
    data.set(row, 3 * ((top + y) * width + left));
  }
  return { width, height, data };
}

/** The picture that golden.json describes as a formula. */
function goldenPicture(rows: number, columns: number) {
  const data = new Uint8Array(rows * columns * 3);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const a = (x - 120) ** 2 + 2 * (y - 90) ** 2;
      const b = (x - 215) ** 2 + (y - 120) ** 2;
      for (let c = 0; c < 3; c += 1) {
        const w = (x * 7 + y * 13 + c * 29) % 32;
        data[(y * columns + x) * 3 + c] = a < 4900 ? 50 + w : b < 1600 ? 120 + w : 200 - 20 * c + w;
      }
    }
  }
  return { width: columns, height: rows, data };
}

/** Pixels in which a mask differs from row-major run lengths that start with "off". */
function differing(mask: Uint8Array, runs: readonly number[]): number {
  let at = 0;
  let wrong = 0;
  runs.forEach((length, i) => {
    for (const end = at + length; at < end; at += 1) if (mask[at] !== i % 2) wrong += 1;
  });
  return wrong + Math.abs(mask.length - at);
}

function pick({ file, sha256, bytes }: { file: string; sha256: string; bytes: number }) {
  return { file, sha256, bytes };
}
