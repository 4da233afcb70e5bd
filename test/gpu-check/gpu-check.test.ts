import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { reportText } from '../../src/gpu-check/report.js';
import { type CheckReport, runCheck } from '../../src/gpu-check/run-check.js';
import type { Manifest } from '../../src/model/network/manifest-schema.js';
import { openSession, type OpenSession } from '../../src/model/network/session.js';
import { writeTinyModel } from '../model/tiny-model.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = join(ROOT, 'dist/gpu-check/main.js');
if (!existsSync(MAIN)) throw new Error('the check is not built: npm run build');

/** Runs the check as `scripts/gpu-check` does. */
function check(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

/** Two views of polyps, so that a picture takes more than one pass. */
const viewed = (manifest: Manifest) => ({
  ...manifest,
  channels: manifest.channels.map((channel) =>
    channel.name === 'colonoscopy' ? { ...channel, views: 2 as const } : channel,
  ),
});
const tiny = (roomFor?: number) => writeTinyModel({ change: viewed, ...(roomFor ? { roomFor } : {}) });

/** A GPU that is a CPU in truth and adds so much to each logit. */
const gpuThatAdds =
  (more: number): OpenSession =>
  async (path, options, contract) => {
    const session = await openSession(path, { ...options, provider: 'cpu' }, contract);
    if (options.provider === 'cpu') return session;
    return {
      provider: options.provider,
      run: async (inputs, outputs) => {
        const found = await session.run(inputs, outputs);
        return found.map((output) => ({ ...output, values: output.values.map((value) => value + more) }));
      },
      close: () => session.close(),
    };
  };

const options = { provider: 'cuda', threads: 1, quick: true, untilFull: false } as const;

describe('the check of a GPU', { timeout: 240_000 }, () => {
  it('passes on a CPU with the shipped model, and tells what it measured', async () => {
    const { code, output } = await check('--provider', 'cpu', '--quick', '--json');
    const report = JSON.parse(output) as CheckReport;
    expect(code).toBe(0);
    expect(report).toMatchObject({ ok: true, provider: 'cpu', size: 224 });
    expect(report.machine.cores).toBeGreaterThan(0);
    expect(report.passes.map(({ batch, milliseconds }) => [batch, milliseconds! > 0])).toEqual([
      [1, true],
      [2, true],
    ]);
    expect(report.pictures.map(({ channel, passes }) => [channel, passes])).toEqual([
      ['dermoscopy', 1],
      ['colonoscopy', 4],
    ]);
    // On a CPU pictures go one by one.
    expect(report.together).toEqual([]);
    for (const { pixels, iou, largestLogitDifference } of report.parity) {
      expect(pixels).toBeGreaterThan(1000);
      expect(iou).toBeGreaterThanOrEqual(0.999);
      expect(largestLogitDifference).toBeLessThan(0.05);
    }
    expect(report.parity).toHaveLength(2);
    expect(report.fallback.map(({ roomFor, ended }) => [roomFor, ended.provider, ended.batchSize])).toEqual([
      [1, 'cuda', 1],
      [0, 'cpu', 1],
    ]);
  });

  it('fails and says why where the GPU is not there', async () => {
    const { code, output } = await check('--provider', 'tensorrt', '--quick');
    // On a machine that has TensorRT it is used.
    if (code === 0) expect(output).toContain('tensorrt: found');
    else {
      expect(code).toBe(1);
      expect(output).toMatch(
        /tensorrt: not there\. TensorRT is not available to ONNX Runtime\. Install CUDA 12/,
      );
      expect(output).toContain('NOT all right');
    }
  });

  it('never fills the memory of the machine itself', async () => {
    const { code, output } = await check('--provider', 'cpu', '--until-full');
    expect([code, output]).toEqual([2, '']);
  });

  it('passes where the masks are those of the CPU', async () => {
    const report = await runCheck({ ...options, manifestPath: tiny() }, gpuThatAdds(0));
    expect(report.ok).toBe(true);
    // Batches of what a GPU gets unless told otherwise, beside single passes.
    expect(report.pictures.map(({ channel, batchSize }) => [channel, batchSize])).toEqual([
      ['dermoscopy', 1],
      ['colonoscopy', 1],
      ['dermoscopy', 16],
      ['colonoscopy', 16],
    ]);
    // As many as a batch holds of their passes.
    expect(report.together.map(({ channel, pictures }) => [channel, pictures])).toEqual([
      ['dermoscopy', 16],
      ['colonoscopy', 8],
    ]);
    const text = reportText(report);
    expect(text).toMatch(/Pictures of a channel together.*\n.*pictures a second\n +dermoscopy +16 /);
    expect(text).toContain('cuda beside the CPU');
    expect(text).toMatch(/^All right/m);
  });

  it('fails where they are others, and where logits are others though the masks are not', async () => {
    const others = await runCheck({ ...options, manifestPath: tiny() }, gpuThatAdds(0.5));
    expect(others.ok).toBe(false);
    expect(others.parity.some(({ iou }) => iou < 0.999)).toBe(true);
    expect(reportText(others)).toMatch(/WRONG[^]*^NOT all right/m);

    const near = await runCheck({ ...options, manifestPath: tiny() }, gpuThatAdds(0.06));
    expect(near.parity.every(({ ok }) => !ok)).toBe(true);
    expect(near.parity[0]!.largestLogitDifference).toBeCloseTo(0.06, 4);
  });

  it('fills memory when it is told to, and goes on with what fits', async () => {
    const filled = { ...options, untilFull: true, manifestPath: tiny(100) };
    const report = await runCheck(filled, gpuThatAdds(0));
    expect(report.passes.map(({ batch, milliseconds }) => [batch, milliseconds !== undefined])).toEqual([
      [1, true],
      [2, true],
      [64, true],
      [128, false],
    ]);
    expect(report.ok).toBe(true);
    expect(reportText(report)).toMatch(/128\s+memory\s+does not suffice/);
  });

  it('compares with as many at a time as memory suffices for', async () => {
    const report = await runCheck({ ...options, manifestPath: tiny(1) }, gpuThatAdds(0));
    expect(report.passes.at(-1)).toEqual({ batch: 2, milliseconds: undefined });
    expect(report.ok).toBe(true);
    expect(report.pictures.at(-1)!.batchSize).toBe(1);
  });
});
