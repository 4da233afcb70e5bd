import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { endProcess, isRunning } from './other-process.js';

/** A folder that this demo alone writes to, until it is released. */
export interface DataFolder {
  readonly path: string;
  /** Servers that an earlier demo left running when it was killed, and that were ended now. */
  readonly ended: number;
  /** Notes a server, so that the next demo finds it should this one be killed. */
  noteServer(server: NotedServer): void;
  /** Notes where the demo can be seen, for whoever starts a second one. */
  noteAddress(address: string): void;
  release(): void;
}

/** A server by its number, and the word by which its command line is known (Redis writes a new one for itself). */
export interface NotedServer {
  readonly pid: number;
  readonly word: string;
}

const MARKER = '.esp-medsam-demo';
const LOCK = 'demo.lock';
/** What a demo makes in its folder, and all that `--fresh` removes. */
const OWN = ['redis', 'orthanc', 'esp-medsam.log'];
/** What stays: a folder of an earlier version holds these without a marker. */
const KEPT = [MARKER, LOCK, '.gitignore'];
/** Phantoms, their results and the logs take some 50 MB. */
const MIN_FREE_BYTES = 300e6;

interface Lock {
  readonly pid: number;
  readonly servers: readonly NotedServer[];
  readonly address?: string;
}

/**
 * Takes a folder for the private servers: one that is empty, new, or a demo's already.
 * @param options.fresh removes what an earlier demo has left in it, and nothing else
 * @param options.minFreeBytes how much room the disk must have
 * @throws Error with a sentence for the user: not a folder, not a demo's, in use, full, no permission
 */
export async function claimDataFolder(
  path: string,
  options: { fresh: boolean; minFreeBytes?: number },
): Promise<DataFolder> {
  if (existsSync(path) && !statSync(path).isDirectory()) {
    throw new Error(`--data takes a folder; ${path} is a file`);
  }
  mkdirSync(path, { recursive: true });
  mustBeOurs(path);
  mustHaveRoom(path, options.minFreeBytes ?? MIN_FREE_BYTES);
  const ended = await takeLock(path);
  if (options.fresh) for (const name of OWN) rmSync(join(path, name), { recursive: true, force: true });
  writeFileSync(join(path, '.gitignore'), '*\n');
  writeFileSync(join(path, MARKER), 'The demo of ESP-MedSAM keeps its private servers here.\n');
  let lock: Lock = { pid: process.pid, servers: [] };
  const write = (change: Partial<Lock>) => {
    lock = { ...lock, ...change };
    writeFileSync(join(path, LOCK), JSON.stringify(lock));
  };
  return {
    path,
    ended,
    noteServer: (server) => write({ servers: [...lock.servers, server] }),
    noteAddress: (address) => write({ address }),
    release: () => rmSync(join(path, LOCK), { force: true }),
  };
}

function mustBeOurs(path: string): void {
  const names = readdirSync(path);
  if (names.includes(MARKER)) return;
  const foreign = names.filter((name) => ![...OWN, ...KEPT].includes(name));
  if (foreign.length === 0) return;
  throw new Error(
    `${path} holds ${foreign.length === 1 ? `"${foreign[0]}", which is` : `${foreign.length} things that are`} not the demo's; nothing was touched. Give an empty or new folder with --data`,
  );
}

function mustHaveRoom(path: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const megabytes = (size: number) => `${Math.floor(size / 1e6)} MB`;
  throw new Error(
    `The disk of ${path} has ${megabytes(free)} free; the demo needs ${megabytes(bytes)}. Make room, or give a folder on another disk with --data`,
  );
}

/** @returns how many servers of a killed demo were ended */
async function takeLock(path: string): Promise<number> {
  const file = join(path, LOCK);
  let ended = 0;
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid, servers: [] }), { flag: 'wx' });
      return ended;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const { pid, servers, address } = readLock(file);
    if (isRunning(pid, 'demo/main.js')) {
      throw new Error(
        `A demo runs in ${path} (process ${pid}${address ? `, ${address}/` : ''}); nothing was touched. End it with Ctrl-C first, or give another folder with --data`,
      );
    }
    // Killed, so that it could not end its servers: they would write to what is opened anew.
    for (const server of servers) {
      if (isRunning(server.pid, server.word)) {
        await endProcess(server.pid);
        ended += 1;
      }
    }
    rmSync(file, { force: true });
  }
}

function readLock(file: string): Lock {
  try {
    const lock = JSON.parse(readFileSync(file, 'utf8')) as Partial<Lock>;
    return {
      pid: lock.pid ?? 0,
      servers: lock.servers ?? [],
      ...(lock.address ? { address: lock.address } : {}),
    };
  } catch {
    // Gone meanwhile, or half written by a demo that was killed.
    return { pid: 0, servers: [] };
  }
}
