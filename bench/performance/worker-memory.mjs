import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import factory from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs';
import { writeBrightModel } from '../../dist/faults/bright-model.js';
import { phantomInstance } from '../../dist/phantom/index.js';
import { finished, withStack } from './stack.mjs';

const EDGE = 1024;
const SQUARE = 16;
const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';

/**
 * What a worker holds at most while it segments a loop of so many frames of 1024², a process of its own for each. The frames are
 * JPEG, and the model is a small one: the network's memory is the engine's, and what is looked for here are masks and the SEG.
 */
export async function workerMemory({ quick }) {
  const folder = mkdtempSync(join(tmpdir(), 'esp-bench-model-'));
  const figures = [];
  try {
    const ESP_MODEL_MANIFEST = writeBrightModel(folder);
    for (const frames of quick ? [4] : [60, 300, 1000]) {
      const most = await withStack(async ({ start }) => {
        const { client } = await start('serve');
        const worker = await start('worker', {
          ESP_WORKER_CONCURRENCY: '1',
          ESP_MODEL_MANIFEST,
        });
        const loop = await loopOf(frames);
        await client.store(loop.bytes);
        const view = await finished(client, loop.studyInstanceUid, 1800);
        if (view.outcome !== 'segmented')
          throw new Error(`a loop of ${frames} frames ended as ${view.outcome}`);
        return highestResident(worker.pid);
      });
      figures.push({
        part: 'memory',
        name: `worker at most, a loop of ${frames} frames of ${EDGE}²`,
        value: most,
        unit: 'MB',
        note: `its SEG has ${((frames * EDGE * EDGE) / 8e6).toFixed(1)} MB`,
      });
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * An ultrasound loop whose frames are all the same picture, of coarse squares: Orthanc reads a file that is larger than its cache of
 * 128 MB anew for each frame.
 */
async function loopOf(frames) {
  const options = { kind: 'ultrasound-cine', frames: 1, pixels: 'grey8', salt: 'bench memory' };
  const edge = EDGE / SQUARE;
  const [small] = phantomInstance({ ...options, width: edge, height: edge }).rasters;
  const { JPEGEncoder } = await factory();
  const encoder = new JPEGEncoder();
  const size = { width: EDGE, height: EDGE, bitsPerSample: 8, componentCount: 1, isSigned: false };
  const pixels = encoder.getDecodedBuffer(size);
  for (let i = 0; i < pixels.length; i += 1) {
    const [x, y] = [i % EDGE, Math.floor(i / EDGE)].map((place) => Math.floor(place / SQUARE));
    // Its grey is in every colour alike.
    pixels[i] = small.data[3 * (y * edge + x)];
  }
  encoder.encode();
  const frame = Buffer.from(encoder.getEncodedBuffer());
  encoder.delete();
  const encoded = { transferSyntaxUid: JPEG_BASELINE, frames: Array.from({ length: frames }, () => frame) };
  return phantomInstance({
    ...options,
    width: EDGE,
    height: EDGE,
    encoded,
    attributes: { NumberOfFrames: String(frames) },
  });
}

/** Of a process since its start, MB. */
function highestResident(pid) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/);
  return Number(line?.[1]) / 1024;
}
