import { describe, expect, it } from 'vitest';
import { engineCount, engineThreads } from '../../src/model/index.js';

const GB = 1024 ** 3;
const machine = (cores: number, gigabytes: number) => ({ cores, memory: gigabytes * GB });

describe('engines of a worker', () => {
  it('are as many as cores, with one thread each, where memory holds them at their limit', () => {
    const engines = engineCount({ concurrency: 0, memoryMegabytes: 6144 }, machine(2, 23));
    expect(engines).toBe(2);
    expect(engineThreads(0, engines, 2)).toBe(1);
  });

  it('are fewer, with more threads, where it does not', () => {
    const engines = engineCount({ concurrency: 0, memoryMegabytes: 6144 }, machine(8, 16));
    expect(engines).toBe(2);
    expect(engineThreads(0, engines, 8)).toBe(4);
  });

  it('is one on the smallest machine, and 64 on the largest', () => {
    expect(engineCount({ concurrency: 0, memoryMegabytes: 6144 }, machine(1, 1))).toBe(1);
    expect(engineCount({ concurrency: 0, memoryMegabytes: 1024 }, machine(256, 1024))).toBe(64);
  });

  it('are as the settings say where they say', () => {
    expect(engineCount({ concurrency: 5, memoryMegabytes: 6144 }, machine(2, 4))).toBe(5);
    expect(engineThreads(3, 5, 2)).toBe(3);
    expect(engineThreads(0, 5, 2)).toBe(1);
  });
});
