import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fetch } from 'undici';

/** A server of ours on loopback. */
export interface LocalProcess {
  readonly pid: number;
  /** Asks it to end, then waits until it has. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** How a server is started and ended. */
export interface StartOptions {
  /** Ends the server while it is still starting. */
  readonly interrupted?: AbortSignal;
  /**
   * In a process group of its own: Ctrl-C then reaches only us, and we end the servers in an order in which none sees
   * another go.
   */
  readonly ownGroup?: boolean;
  /** Lives on when it may write no more (RLIMIT_FSIZE), as on a full disk: writing then fails, and does not end it. */
  readonly outlivesFullDisk?: boolean;
}

/** On a machine with a load of 30 a start takes a minute and more. */
const TIMEOUT_MS = 180_000;

/** Settings of ours, as environment variables, that lead to private servers. */
export const addressesOf = (
  redis: { readonly url: string },
  orthanc: { readonly dicomwebUrl: string; readonly orthancUrl: string },
) => ({
  ESP_REDIS_URL: redis.url,
  ESP_ARCHIVE_DICOMWEB_URL: orthanc.dicomwebUrl,
  ESP_ARCHIVE_ORTHANC_URL: orthanc.orthancUrl,
});

/** Asks a gateway whether it is up. @throws Error when it is not, or gives no answer */
export async function mustAnswer(url: string, signal?: AbortSignal): Promise<void> {
  const response = await fetch(url, signal ? { signal } : {});
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`answered ${response.status}`);
}

/**
 * Starts a program with its output in a file and waits until `ready` no longer throws.
 * @throws Error naming the program when it is not installed, ends early or is not ready within three minutes
 */
export async function startLocalProcess(
  dependencies: {
    command: string;
    args: readonly string[];
    logFile: string;
    env?: NodeJS.ProcessEnv;
    ready: () => Promise<unknown>;
  },
  options: StartOptions = {},
): Promise<LocalProcess> {
  const { command, logFile, ready } = dependencies;
  options.interrupted?.throwIfAborted();
  const log = openSync(logFile, 'a');
  const [program, args] = options.outlivesFullDisk
    ? ['sh', ['-c', 'trap "" XFSZ; exec "$0" "$@"', command, ...dependencies.args]]
    : [command, dependencies.args];
  const child = spawn(program, args, {
    stdio: ['ignore', log, log],
    detached: options.ownGroup ?? false,
    ...(dependencies.env ? { env: dependencies.env } : {}),
  });
  closeSync(log);
  let ended: string | undefined;
  child.once('error', (error) => (ended = `cannot be started (${(error as NodeJS.ErrnoException).code})`));
  child.once('exit', (code, signal) => (ended ??= `ended early (${signal ?? code})`));

  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    try {
      if (ended === undefined) await ready();
      if (ended === undefined) break;
    } catch {
      // Not ready yet.
    }
    if (ended !== undefined) throw new Error(`${command} ${ended}; the end of ${logFile}:\n${tail(logFile)}`);
    if (options.interrupted?.aborted) {
      await stop(child, 'SIGTERM');
      options.interrupted.throwIfAborted();
    }
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${command} is not ready after ${TIMEOUT_MS / 1000} s; see ${logFile}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { pid: child.pid!, stop: (signal = 'SIGTERM') => stop(child, signal) };
}

const tail = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n').slice(-8).join('\n');

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill(signal);
  });
}
