import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpus, loadavg, totalmem } from 'node:os';
import { promisify } from 'node:util';

/** What a figure was measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMegabytes: number;
  /** Mean number of busy processes over the last minute. */
  readonly load: number;
  readonly node: string;
  readonly onnxRuntime: string;
  /** Each card as NVIDIA's driver tells: name, driver, memory in all and free; none where there is no driver. */
  readonly cards: readonly string[];
}

const ASKED = ['--query-gpu=name,driver_version,memory.total,memory.free', '--format=csv,noheader'];
const DRIVER_TIMEOUT_MS = 20_000;

export async function describeMachine(): Promise<Machine> {
  const runtime = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryMegabytes: Math.round(totalmem() / 1024 ** 2),
    load: loadavg()[0]!,
    node: process.version,
    onnxRuntime: runtime.version,
    cards: await cards(),
  };
}

async function cards(): Promise<string[]> {
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', ASKED, { timeout: DRIVER_TIMEOUT_MS });
    return stdout.split('\n').filter((line) => line.trim() !== '');
  } catch {
    return [];
  }
}
