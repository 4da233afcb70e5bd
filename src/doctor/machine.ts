import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';

/** A disk's size and what is free of it, bytes. */
export interface DiskSpace {
  readonly total: number;
  readonly free: number;
}

/** What the machine says of itself; replaced in tests. */
export interface Machine {
  /** Milliseconds since 1970. */
  now(): number;
  disk(path: string): Promise<DiskSpace>;
  /** Memory that this process may use: the container's limit where there is one, bytes. */
  memory(): number;
}

/** The machine this runs on. */
export const THIS_MACHINE: Machine = {
  now: () => Date.now(),
  async disk(path) {
    const { bsize, blocks, bavail } = await statfs(path);
    return { total: bsize * blocks, free: bsize * bavail };
  },
  memory() {
    // Node answers 0 or a huge number where no limit is set.
    const limit = process.constrainedMemory?.() ?? 0;
    return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  },
};
