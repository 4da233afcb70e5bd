import type { LocalProcess } from '../demo/index.js';

/** A process of the lab that can be ended and started again, under the same name and address. */
export interface Part {
  readonly name: string;
  pid(): number | undefined;
  start(): Promise<void>;
  end(signal: NodeJS.Signals): Promise<void>;
  /** True when it has ended though nobody ended it. */
  hasEnded(): boolean;
}

const MAX_STARTS = 3;

/** @param open starts the process */
export function part(name: string, open: () => Promise<LocalProcess>): Part {
  let running: LocalProcess | undefined;
  return {
    name,
    pid: () => running?.pid,
    async start() {
      // On a machine that can hardly breathe a start may take too long, and the next one not.
      for (let tries = 1; running === undefined; tries += 1) {
        try {
          running = await open();
        } catch (error) {
          if (tries === MAX_STARTS) throw error;
        }
      }
    },
    async end(signal) {
      const ending = running;
      running = undefined;
      await ending?.stop(signal);
    },
    hasEnded: () => running !== undefined && !isAlive(running.pid),
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
