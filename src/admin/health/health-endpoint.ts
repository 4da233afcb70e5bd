import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import { atMostEvery } from '../../core/index.js';
import { readCatalogue } from '../../model/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { type HealthPart, type HealthProbes, type HealthStatus, readHealth } from './health.js';

const healthStatus = z
  .enum(['ok', 'warn', 'down', 'unknown'])
  .meta({ id: 'HealthStatus', description: '`unknown`: what it would be asked by is away' });
const healthPart = z
  .object({
    id: z.enum(['gateway', 'redis', 'archive', 'workers', 'queue', 'arrivals', 'disk', 'model', 'drift']),
    status: healthStatus,
    found: z.string(),
    advice: z.string().describe('what to do first; empty where nothing is to be done'),
  })
  .meta({ id: 'HealthPart' });
const health = z
  .object({
    status: healthStatus.describe('of the worst part'),
    at: z.iso.datetime(),
    parts: z.array(healthPart),
  })
  .meta({ id: 'Health' });

/** Every page of every console asks; the parts are asked once for all of them. */
const FRESH_MS = 2000;
/** A manifest is read from disk: less often. */
const MODEL_FRESH_MS = 30_000;

/** `GET /health` */
export function healthEndpoints(dependencies: AdminDependencies): Endpoint[] {
  const probes = probesOf(dependencies);
  const read = atMostEvery(FRESH_MS, async () => ({
    at: new Date().toISOString(),
    parts: await readHealth(probes),
  }));
  return [
    endpoint({
      operationId: 'showHealth',
      method: 'get',
      path: '/health',
      tag: 'health',
      summary: 'How the chain stands, part by part',
      description:
        'Cheap: for a light on a page that is left open. Each part has a second and a half; the answer is at most ' +
        'two seconds old. For the whole examination see `/doctor`.',
      scope: 'admin:read',
      replies: { 200: { description: 'The parts, and the status of the worst', schema: health } },
      async handle() {
        const { at, parts } = await read();
        return { status: 200, body: { status: worst(parts), at, parts } };
      },
    }),
  ];
}

function probesOf({ settings, store, archive }: AdminDependencies): HealthProbes {
  const catalogue = atMostEvery(MODEL_FRESH_MS, () => readCatalogue(settings.model));
  return {
    redis: () => store.server.able(),
    archive: () => archive.dicomweb.searchStudies({ limit: 1, offset: 0 }),
    workers: () => store.workers.known(),
    oldestWaiting: () => store.queue.oldestWaiting(Date.now()),
    isPaused: () => store.queue.isPaused(),
    isFeedSilent: async () => (await store.feed.silentSince()) !== undefined,
    async disk() {
      const { bsize, blocks, bavail } = await statfs(tmpdir());
      return { total: bsize * blocks, free: bsize * bavail };
    },
    drift: () => store.drift.found(),
    async modelProblems() {
      const { standard, unreadable } = await catalogue();
      const configured = unreadable.find(({ path }) => settings.model.manifest.endsWith(path));
      const reason = configured?.reason ?? 'its manifest cannot be read';
      return [...(standard ? [] : [{ message: reason }]), ...(await store.activeModel.problems())];
    },
  };
}

const ORDER: readonly HealthStatus[] = ['ok', 'unknown', 'warn', 'down'];

const worst = (parts: readonly HealthPart[]): HealthStatus =>
  parts.reduce<HealthStatus>(
    (sum, { status }) => (ORDER.indexOf(status) > ORDER.indexOf(sum) ? status : sum),
    'ok',
  );
