import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { phantomInstance } from '../../src/phantom/index.js';
import { eventually, PROJECT_ROOT } from '../support/stack.js';

let root: string;
const running = new Set<ChildProcess>();
beforeAll(() => void (root = mkdtempSync(join(tmpdir(), 'esp-demo-'))));
afterEach(async () => {
  for (const child of running) child.kill('SIGTERM');
  await eventually('every demo has ended', async () => running.size === 0);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Demo {
  readonly child: ChildProcess;
  /** All that it has written. */
  text(): string;
  readonly ended: Promise<number | null>;
}

/** Runs the built demo as `scripts/demo` does. */
function demo(...args: string[]): Demo {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'dist/demo/main.js'), ...args]);
  running.add(child);
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString()));
  child.stderr.on('data', (part: Buffer) => (text += part.toString()));
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
    }),
  );
  return { child, text: () => text, ended };
}

/** Four programs start on a machine that may be busy. */
const PATIENCE_MS = 300_000;
const says = (of: Demo, words: RegExp) =>
  eventually(String(words), async () => words.test(of.text()), PATIENCE_MS);

/** Processes that work in a folder, the demo itself apart: Redis has it as its working directory, Orthanc names it. */
async function serversOf(folder: string): Promise<number[]> {
  const read = (pid: string) =>
    `${readFileSync(`/proc/${pid}/cmdline`, 'utf8')} ${readlinkSync(`/proc/${pid}/cwd`)}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return read(pid).includes(folder) && !read(pid).includes('demo/main.js');
      } catch {
        return false;
      }
    })
    .map(Number);
}

function folderOfStudies(name: string, { broken = true } = {}): string {
  const folder = join(root, name);
  mkdirSync(folder);
  const phantom = phantomInstance({ kind: 'dermoscopy', salt: name });
  writeFileSync(join(folder, 'a-skin.dcm'), phantom.bytes);
  if (broken) writeFileSync(join(folder, 'b-broken.dcm'), phantom.bytes.subarray(0, 400));
  writeFileSync(join(folder, 'readme.txt'), 'not DICOM');
  return folder;
}

describe('the demo', () => {
  it('names a broken file, skips it, and tells work from waiting', async () => {
    const run = demo('--once', '--data', join(root, 'broken'), '--studies', folderOfStudies('studies'));
    expect(await run.ended).toBe(1);
    expect(run.text()).toMatch(/^1 file is not DICOM/m);
    expect(run.text()).toMatch(/^SKIPPED {2}b-broken\.dcm: .+/m);
    expect(run.text()).toMatch(/^a-skin\.dcm +dermoscopy +segmented +\d+\.\d s +\d+\.\d s +SEG [\d.]+/m);
    expect(run.text()).toMatch(/1 segmented; SEGs new in the archive: 1; files skipped: 1/);
  });

  it('ends clean at Ctrl-C while it starts, and leaves no server behind', async () => {
    const data = join(root, 'interrupted');
    const run = demo('--data', data);
    await eventually('a server has started', async () => (await serversOf(data)).length > 0);
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(130);
    expect(run.text()).toMatch(/Ended with Ctrl-C/);
    expect(await serversOf(data)).toEqual([]);
    expect(existsSync(join(data, 'demo.lock'))).toBe(false);
  });
});

describe('the demo owns its folder and its port', () => {
  it('a port in use is an error, even if something answers there', async () => {
    const asked: string[] = [];
    const other = createServer((req, res) => {
      asked.push(req.url ?? '');
      res.end('{"status":"ok"}');
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    const run = demo('--once', '--data', join(root, 'port'), '--port', String(port));
    expect(await run.ended).toBe(1);
    expect(run.text()).toContain(`Port ${port} is in use by another program; nothing was sent to it`);
    expect(asked).toEqual([]);
    await new Promise((done) => other.close(done));
  });

  it('--fresh never works under a running demo; one that was killed is taken over', async () => {
    const data = join(root, 'owned');
    const studies = folderOfStudies('of-owned', { broken: false });
    const first = demo('--data', data);
    await says(first, /gateway on/);
    const second = demo('--data', data, '--fresh');
    expect(await second.ended).toBe(1);
    expect(second.text()).toMatch(
      new RegExp(`A demo runs in ${data} \\(process ${first.child.pid}, http://127.0.0.1:\\d+/\\)`),
    );
    expect(existsSync(join(data, 'orthanc/db'))).toBe(true);

    first.child.kill('SIGKILL');
    await first.ended;
    const third = demo('--data', data, '--fresh', '--once', '--studies', studies);
    expect(await third.ended).toBe(0);
    expect(third.text()).toMatch(/ended 3 servers that a killed demo had left/);
    expect(third.text()).toMatch(/SEGs new in the archive: [1-9]/);
    expect(await serversOf(data)).toEqual([]);
  }, 600_000);
});
