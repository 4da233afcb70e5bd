import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { drawInThread, phantomInstance } from '../../src/phantom/index.js';
import type { PhantomOptions } from '../../src/phantom/phantom-instance.js';

const dir = mkdtempSync(join(tmpdir(), 'esp-thread-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** How often this thread asks for a turn. */
const TURN_MS = 5;

const small: PhantomOptions = { kind: 'dermoscopy', width: 48, height: 40, salt: 'thread' };

/** A thread that does something else. */
function entry(text: string): URL {
  const file = join(dir, `${Math.abs(Buffer.from(text).readInt32LE())}-${text.length}.mjs`);
  writeFileSync(file, text);
  return pathToFileURL(file);
}

describe('a phantom drawn in a thread', { timeout: 30_000 }, () => {
  it('is the same as one drawn here', async () => {
    const there = await drawInThread(small);
    const here = phantomInstance(small);
    expect(Buffer.from(there.bytes).equals(Buffer.from(here.bytes))).toBe(true);
    expect({ ...there, bytes: undefined }).toEqual({ ...here, bytes: undefined });
  });

  it('leaves this thread to others meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), TURN_MS);
    const before = process.cpuUsage();
    await drawInThread({ ...small, width: 400, height: 300 });
    const { user, system } = process.cpuUsage(before);
    clearInterval(timer);
    // Against the processor's time, not the clock's: what else a busy machine does holds up both.
    expect(turns * TURN_MS).toBeGreaterThan((user + system) / 1000 / 2);
  });

  it.each([
    ['is not there', new URL('missing.mjs', pathToFileURL(`${dir}/`)), '[A-Z_]*MODULE_NOT_FOUND'],
    ['throws', entry('throw new TypeError("of Doe^John")'), 'TypeError'],
    ['ends without a picture', entry('process.exit(3)'), 'the thread ended with 3'],
    ['says nothing', entry('export {};'), 'the thread ended with 0'],
  ])('fails when its thread %s', async (_, file, why) => {
    await expect(drawInThread(small, file)).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringMatching(`^The phantom could not be drawn \\(${why}\\)$`) as string,
    });
  });
});
