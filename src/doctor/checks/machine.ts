import { tmpdir } from 'node:os';
import type { Check } from '../check.js';
import { isLoopback } from '../../core/index.js';
import { engineCount, WORKER_MEGABYTES } from '../../model/index.js';
import type { DoctorContext } from '../context.js';
import { fail, ok, skipped, warn, type Verdict } from '../finding.js';
import { settingName } from '../setting-name.js';
import { withRedis } from './need.js';

const MEGABYTE = 1024 * 1024;
const LOW_DISK = 1024 * MEGABYTE;
const FULL_DISK = 200 * MEGABYTE;

/** Whether the engines may grow as large as the settings let them. */
export const workerMemory: Check = {
  id: 'machine.memory',
  title: 'The machine has the memory that its engines may use',
  async run({ settings, machine }) {
    const { memoryMegabytes } = settings.engine;
    const { concurrency } = settings.worker;
    const count = engineCount({ concurrency, memoryMegabytes }, { memory: machine.memory() });
    const needed = memoryMegabytes * count + WORKER_MEGABYTES;
    const has = Math.round(machine.memory() / MEGABYTE);
    const engines = count === 1 ? 'one engine' : `${count} engines`;
    const found = `${engines} may take ${memoryMegabytes} MB each; this machine or container has ${has} MB`;
    if (has >= needed) return ok(found);
    return warn(
      found,
      'On a worker: lower the limit or the number of studies at a time, or give it more memory. Else the system kills it in the middle of a study.',
      `${settingName('engine.memoryMegabytes')}, ${settingName('worker.concurrency')}`,
    );
  },
};

/** Whether the folder of temporary files has room. */
export const temporaryDisk: Check = {
  id: 'disk.temporary',
  title: 'The disk of temporary files has room',
  run: (context) => judgeDisk(context, tmpdir(), 'TMPDIR, or the tmpfs of the container'),
};

/** Whether Redis's append-only file can grow. */
export const redisDisk: Check = {
  id: 'disk.redis',
  title: 'The disk of Redis has room',
  run: (context) =>
    withRedis(context, async ({ dir }) => {
      if (dir === undefined) return skipped('Redis does not tell its folder (CONFIG is not allowed)');
      const host = new URL(context.settings.redis.url).hostname.replace(/^\[|\]$/g, '');
      if (!isLoopback(host)) {
        return skipped(
          'Redis runs on another machine',
          'Look there: its append-only file grows between rewrites.',
        );
      }
      return judgeDisk(context, dir, 'dir of redis.conf');
    }),
};

async function judgeDisk({ machine }: DoctorContext, path: string, setting: string): Promise<Verdict> {
  const disk = await machine.disk(path).catch(() => undefined);
  if (!disk) return skipped(`${path} is not to be seen from here`);
  const found = `${path}: ${Math.round(disk.free / MEGABYTE)} MB of ${Math.round(disk.total / MEGABYTE)} MB free`;
  const advice = `Free space, or move it to a larger disk (${setting}).`;
  if (disk.free < FULL_DISK) return fail(found, advice, setting);
  // A small tmpfs that is nearly empty is no reason to worry.
  if (disk.free < LOW_DISK && disk.free < disk.total / 2) return warn(found, advice, setting);
  return ok(found);
}
