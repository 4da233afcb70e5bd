import { afterEach, describe, expect, it, vi } from 'vitest';
import { type HealthProbes, readHealth } from '../../src/admin/health/health.js';
import { AppError } from '../../src/core/index.js';
import type { KnownWorker } from '../../src/store/index.js';

const NOW = Date.parse('2026-03-01T03:00:00Z');
const worker = (minutes?: number): KnownWorker =>
  ({
    alive: true,
    current: minutes === undefined ? [] : [{ since: new Date(NOW - minutes * 60_000).toISOString() }],
  }) as unknown as KnownWorker;

const WELL: HealthProbes = {
  redis: async () => undefined,
  archive: async () => [],
  workers: async () => [worker(1)],
  oldestWaiting: async () => 1000,
  isPaused: async () => false,
  isFeedSilent: async () => false,
  disk: async () => ({ total: 100e9, free: 50e9 }),
  modelProblems: async () => [],
  drift: async () => [],
};
const never = () => new Promise<never>(() => undefined);
const findings = async (probes: Partial<HealthProbes>) =>
  (await readHealth({ ...WELL, ...probes }, NOW)).filter(({ status }) => status !== 'ok');

describe('health at 3 a.m. ends on the right advice', () => {
  afterEach(() => void vi.useRealTimers());

  it('says that all is well when it is', async () => {
    expect(await findings({})).toEqual([]);
  });

  it.each<[string, Partial<HealthProbes>, object]>([
    [
      'the archive is down',
      { archive: () => Promise.reject(new AppError('ARCHIVE_UNREACHABLE', 'The archive did not answer')) },
      { id: 'archive', status: 'down', advice: expect.stringMatching(/archive runs/) },
    ],
    [
      'the archive hangs',
      { archive: never },
      { id: 'archive', status: 'down', found: 'The archive does not answer' },
    ],
    [
      'a worker hangs',
      { workers: async () => [worker(45)] },
      { id: 'workers', status: 'warn', advice: expect.stringMatching(/Restart the worker/) },
    ],
    [
      'no worker is alive',
      { workers: async () => [{ ...worker(), alive: false }] },
      { id: 'workers', status: 'down', advice: expect.stringMatching(/^Start one/) },
    ],
    [
      'the disk is full',
      { disk: async () => ({ total: 100e9, free: 50e6 }) },
      { id: 'disk', status: 'down', advice: expect.stringMatching(/^Free space/) },
    ],
    [
      'the model is broken',
      { modelProblems: async () => [{ message: 'the graph is not the one that the manifest names' }] },
      {
        id: 'model',
        status: 'down',
        found: expect.stringMatching(/graph is not the one/),
        advice: expect.stringMatching(/^Roll back/),
      },
    ],
    [
      'nothing arrives',
      { isFeedSilent: async () => true },
      { id: 'arrivals', status: 'warn', advice: expect.stringMatching(/devices send/) },
    ],
    [
      'the queue is paused',
      { isPaused: async () => true },
      { id: 'queue', advice: expect.stringMatching(/^Resume/) },
    ],
    [
      'the results of a device have drifted',
      {
        drift: async () => [
          { device: { model: 'm', station: 's' }, measure: 'area', before: 0.1, now: 0.2, units: 90 },
        ],
      },
      { id: 'drift', status: 'warn', advice: expect.stringMatching(/^Look at the Drift page/) },
    ],
    [
      'studies wait long',
      { oldestWaiting: async () => 30 * 60_000 },
      { id: 'queue', status: 'warn', found: 'The oldest study has waited 30 min' },
    ],
  ])('%s', async (_, probes, finding) => {
    expect(await findings(probes)).toEqual([expect.objectContaining(finding)]);
  });

  it('Redis is down: said once with its advice; what is asked of it is not called broken', async () => {
    const parts = await findings({
      redis: () => Promise.reject(new Error('connect ECONNREFUSED')),
      workers: never,
    });
    expect(parts[0]).toMatchObject({
      id: 'redis',
      status: 'down',
      advice: expect.stringMatching(/Redis runs/),
    });
    expect(parts.slice(1).map(({ id, status }) => `${id} ${status}`)).toEqual([
      'workers unknown',
      'queue unknown',
      'arrivals unknown',
      'model unknown',
      'drift unknown',
    ]);
  });

  it('answers within two seconds whatever hangs, so that a banner stands within five', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const found = findings({ redis: never, archive: never, disk: never });
    await vi.advanceTimersByTimeAsync(2000);
    expect((await found).map(({ id }) => id)).toEqual(expect.arrayContaining(['redis', 'archive', 'disk']));
  });
});
