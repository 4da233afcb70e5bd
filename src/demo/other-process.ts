import { existsSync, readFileSync } from 'node:fs';

const PATIENCE_MS = 10_000;

/**
 * True when a process runs and is what we take it for: numbers are given out again after a restart of the machine.
 * @param word that stands in its command line
 */
export function isRunning(pid: number, word: string): boolean {
  if (!isAlive(pid)) return false;
  // Without /proc (not Linux) the number has to do.
  if (!existsSync('/proc/self/cmdline')) return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(word);
  } catch {
    return false;
  }
}

/** Asks a process that is not our child to end, and makes it end when it does not. */
export async function endProcess(pid: number): Promise<void> {
  const signalTo = (signal: NodeJS.Signals) => {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself.
    }
  };
  signalTo('SIGTERM');
  const deadline = Date.now() + PATIENCE_MS;
  while (isAlive(pid) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  if (isAlive(pid)) signalTo('SIGKILL');
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ended, but nobody has asked how: in a container without an init process they stay. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
