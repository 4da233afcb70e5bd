import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadManifest } from '../../src/model/index.js';
import { writeTinyModel } from './tiny-model.js';

describe('loadManifest', () => {
  it('accepts a manifest whose files are those it names', async () => {
    const path = writeTinyModel({ detector: true });
    const loaded = await loadManifest(path);
    expect(loaded.modelPath).toBe(join(dirname(path), 'tiny.onnx'));
    expect(loaded.detectorPath).toBe(join(dirname(path), 'detector.onnx'));
    expect(loaded.manifest.training).toEqual({ note: 'made by a test' });
  });

  it.each([
    ['is missing', (model: string) => rmSync(model), /is missing\. Put it beside the manifest/],
    ['was cut off', (model: string) => writeFileSync(model, 'x'), /1 bytes where the manifest says/],
    ['grew', (model: string) => appendFileSync(model, 'x'), /bytes where the manifest says/],
    ['was changed', flipLastByte, /another SHA-256.*export the model and its manifest together/],
  ])('a model file that %s is refused with what to do', async (_, damage, message) => {
    const path = writeTinyModel();
    damage(join(dirname(path), 'tiny.onnx'));
    await expect(loadManifest(path)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it('refuses a graph beside the model that is another than the one it names', async () => {
    const file = 'int8.onnx';
    const int8 = { file, sha256: 'a'.repeat(64), bytes: 3 };
    const path = writeTinyModel({ change: (manifest) => ({ ...manifest, int8 }) });
    const refused = (message: RegExp) =>
      expect(loadManifest(path)).rejects.toMatchObject({
        code: 'MODEL_INVALID',
        message: expect.stringMatching(message) as string,
      });
    await refused(/int8\.onnx is missing/);
    writeFileSync(join(dirname(path), file), 'abc');
    await refused(/int8\.onnx has another SHA-256/);
  });

  it.each([
    ['a path in place of a file name', { file: '../tiny.onnx' }, /file/],
    ['a threshold of 1', { channels: [{ name: 'xray', index: 0, threshold: 1 }] }, /threshold/],
    ['a channel of no name', { channels: [{ name: 'C T', index: 0, threshold: 0.5 }] }, /not a channel name/],
    [
      'a channel named twice',
      { channels: [1, 2].map((index) => ({ name: 'xray', index, threshold: 0.5 })) },
      /names a channel twice/,
    ],
    [
      'a channel that crops without a rule',
      { channels: [{ name: 'xray', index: 0, threshold: 0.5, crop: true }] },
      /no rule says what a border is/,
    ],
    [
      'a figure that quality does not know',
      {
        channels: [
          {
            name: 'xray',
            index: 0,
            threshold: 0.5,
            quality: {
              mask: { bias: 0, weights: { beauty: 1 } },
              empty: { bias: 0, weights: {} },
              conformal: { level: 0.9, quantile: 0, n: 1 },
              reviewBelow: 0.5,
            },
          },
        ],
      },
      /beauty/,
    ],
    ['another schema', { schemaVersion: 2 }, /schemaVersion/],
    ['a key nobody knows', { surprise: true }, /surprise/],
  ])('%s is refused', async (_, change, message) => {
    const path = writeTinyModel({ change: (manifest) => ({ ...manifest, ...change }) });
    await expect(loadManifest(path)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it('a picture alone must not count for more than beside a header', async () => {
    const path = writeTinyModel({
      detector: true,
      change: (manifest) => ({ ...manifest, detector: { ...manifest.detector!, thresholdAlone: 0.8 } }),
    });
    await expect(loadManifest(path)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringMatching(/thresholdAlone/),
    });
  });

  it('no file and no JSON are told apart', async () => {
    const path = writeTinyModel();
    writeFileSync(path, '{');
    await expect(loadManifest(path)).rejects.toMatchObject({ message: expect.stringMatching(/is not JSON/) });
    rmSync(path);
    await expect(loadManifest(path)).rejects.toMatchObject({
      message: expect.stringMatching(/cannot be read/),
    });
  });
});

function flipLastByte(path: string): void {
  const content = readFileSync(path);
  content[content.length - 1]! ^= 1;
  writeFileSync(path, content);
}
