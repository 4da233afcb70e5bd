import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import factory from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs';
import { writeBrightModel } from '../../dist/faults/bright-model.js';
import { phantomInstance } from '../../dist/phantom/index.js';
import { finished, withStack } from './stack.mjs';

const EDGE = 1024;
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
          ESP_METRICS_PORT: '0',
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

/** An ultrasound loop whose frames are all the same picture. */
async function loopOf(frames) {
  const options = {
    kind: 'ultrasound-cine',
    width: EDGE,
    height: EDGE,
    pixels: 'grey8',
    salt: 'bench memory',
  };
  const [picture] = phantomInstance({ ...options, frames: 1 }).rasters;
  const { JPEGEncoder } = await factory();
  const encoder = new JPEGEncoder();
  const size = { width: EDGE, height: EDGE, bitsPerSample: 8, componentCount: 1, isSigned: false };
  // Its grey is in every colour alike.
  encoder.getDecodedBuffer(size).set(picture.data.filter((_, i) => i % 3 === 0));
  encoder.encode();
  const frame = Buffer.from(encoder.getEncodedBuffer());
  encoder.delete();
  const encoded = { transferSyntaxUid: JPEG_BASELINE, frames: Array.from({ length: frames }, () => frame) };
  return phantomInstance({ ...options, frames: 1, encoded, attributes: { NumberOfFrames: String(frames) } });
}

/** Of a process since its start, MB. */
function highestResident(pid) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/);
  return Number(line?.[1]) / 1024;
}
