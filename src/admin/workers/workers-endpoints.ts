import { z } from 'zod';
import { failure } from '../studies/study-schemas.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';

const currentStudy = z
  .object({ studyInstanceUid: z.string(), correlationId: z.string(), since: z.iso.datetime() })
  .meta({ id: 'CurrentStudy', description: 'what a worker is busy with' });
const worker = z
  .object({
    id: z.string(),
    host: z.string(),
    pid: z.int(),
    version: z.string().describe('of this software'),
    startedAt: z.iso.datetime(),
    seenAt: z.iso.datetime(),
    alive: z.boolean().describe('whether it was seen within the last 20 s'),
    provider: z.string().describe('what its engines really use: cpu, cuda or tensorrt'),
    precision: z.string().describe('of the products of its network: float32 or int8'),
    fellBack: z
      .boolean()
      .describe(
        'whether that is the CPU, for one engine or more, because the memory of a GPU did not suffice',
      ),
    model: z.object({ version: z.string(), sha256: z.string() }),
    slots: z.int().describe('studies at a time'),
    current: z.array(currentStudy),
    done1h: z.int().describe('studies finished within the last hour'),
    framesPerMinute: z.number().describe('frames segmented a minute, over the last ten minutes'),
    memoryMegabytes: z.number().describe('resident, engines included'),
    problem: failure.nullable().describe('why it takes no studies; null when it does'),
  })
  .meta({ id: 'Worker' });
const workerList = z.object({ items: z.array(worker) }).meta({ id: 'WorkerList' });

/** `GET /workers`: who works. */
export function workersEndpoints({ store }: AdminDependencies): Endpoint[] {
  return [
    endpoint({
      operationId: 'listWorkers',
      method: 'get',
      path: '/workers',
      tag: 'workers',
      summary: 'Workers, what they run on and what they do',
      description:
        'The longest running first. A worker that was stopped is gone at once; one that died is shown for an hour with alive = false.',
      scope: 'admin:read',
      replies: { 200: { description: 'all workers', schema: workerList } },
      handle: async () => ({
        status: 200,
        body: { items: await store.workers.known() },
      }),
    }),
  ];
}
