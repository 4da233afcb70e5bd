import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimDataFolder } from '../../src/demo/data-folder.js';
import { isRunning } from '../../src/demo/other-process.js';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'esp-demo-folder-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the folder of the demo', () => {
  it('is made when it is not there, and marked as the demo’s', async () => {
    const folder = await claimDataFolder(join(root, 'new'), { fresh: false });
    expect(readdirSync(folder.path).sort()).toEqual(['.esp-medsam-demo', '.gitignore', 'demo.lock']);
    folder.release();
    expect(readdirSync(folder.path)).not.toContain('demo.lock');
  });

  it('--fresh touches nothing in a folder that is not the demo’s', async () => {
    writeFileSync(join(root, 'thesis.tex'), 'years of work');
    mkdirSync(join(root, 'orthanc'));
    await expect(claimDataFolder(root, { fresh: true })).rejects.toThrow(/"thesis.tex".*nothing was touched/);
    expect(readdirSync(root).sort()).toEqual(['orthanc', 'thesis.tex']);
  });

  it('--fresh removes what a demo made, and leaves what somebody else put beside it', async () => {
    (await claimDataFolder(root, { fresh: false })).release();
    for (const name of ['redis', 'orthanc']) mkdirSync(join(root, name, 'db'), { recursive: true });
    writeFileSync(join(root, 'notes.txt'), 'mine');
    (await claimDataFolder(root, { fresh: true })).release();
    expect(readdirSync(root).sort()).toEqual(['.esp-medsam-demo', '.gitignore', 'notes.txt']);
  });

  it('takes over the folder of a version that left no marker', async () => {
    mkdirSync(join(root, 'redis'));
    writeFileSync(join(root, '.gitignore'), '*\n');
    (await claimDataFolder(root, { fresh: true })).release();
    expect(existsSync(join(root, 'redis'))).toBe(false);
  });

  it('ends the servers that a killed demo has left, before anything is removed', async () => {
    (await claimDataFolder(root, { fresh: false })).release();
    const server = spawn('sleep', ['300'], { argv0: `server of ${root}` });
    const gone = new Promise((resolve) => server.once('exit', resolve));
    // The kernel shows the new command line a moment after the process runs.
    await vi.waitFor(() => expect(isRunning(server.pid!, root)).toBe(true), 10_000);
    // 1 is no demo: a number that was given out again.
    writeFileSync(
      join(root, 'demo.lock'),
      JSON.stringify({ pid: 1, servers: [{ pid: server.pid, word: root }] }),
    );
    const folder = await claimDataFolder(root, { fresh: true });
    expect(folder.ended).toBe(1);
    await gone;
    folder.release();
  });

  it('spares a process that has the number of one of its servers by chance', async () => {
    (await claimDataFolder(root, { fresh: false })).release();
    writeFileSync(
      join(root, 'demo.lock'),
      JSON.stringify({ pid: 1, servers: [{ pid: process.ppid, word: 'redis-server' }] }),
    );
    const folder = await claimDataFolder(root, { fresh: false });
    expect(folder.ended).toBe(0);
    folder.release();
  });

  it('says that a file is no folder', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(claimDataFolder(join(root, 'file'), { fresh: true })).rejects.toThrow('is a file');
  });

  it('says that the disk has no room, with both figures', async () => {
    await expect(claimDataFolder(root, { fresh: false, minFreeBytes: 1e18 })).rejects.toThrow(
      /has \d+ MB free; the demo needs 1000000000000 MB/,
    );
  });
});
