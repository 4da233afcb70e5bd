import { z } from 'zod';
import { RUN_RETENTION_DAYS } from '../../store/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { channelName, outcome } from '../vocabulary.js';
import { byHour, hoursBetween, latencyOf, outcomesOf } from './stats.js';

const HOUR_MS = 3600 * 1000;
const seconds = z.number().optional().describe('seconds; absent without a study');
const at = z.iso.datetime().describe('begin of the hour, UTC');
const spread = z
  .object({ p50: seconds, p95: seconds })
  .meta({ id: 'LatencySpread', description: 'the middle and the slow end' });
const latency = z
  .object({
    p50: seconds,
    p95: seconds,
    waiting: spread.describe('of it, in which no worker had the study'),
    work: spread.describe('of it, that a worker spent'),
    n: z.number().int().describe('studies'),
  })
  .meta({ id: 'Latency' });
const latencyOfHour = latency.extend({ at }).meta({ id: 'LatencyOfHour' });
const outcomeCount = z
  .object({
    channel: channelName.nullable().describe('null where no modality was found'),
    outcome,
    n: z.number().int(),
  })
  .meta({ id: 'OutcomeCount' });
const arrivalCount = z.object({ at, n: z.number().int() }).meta({ id: 'ArrivalCount' });
const stats = z
  .object({
    latency,
    outcomes: z.array(outcomeCount).describe('runs with at least one display unit that ended so'),
    arrivals: z.array(arrivalCount).describe('studies seen for the first time'),
    series: z.array(latencyOfHour).describe('latency by the hour in which the result came'),
  })
  .meta({ id: 'Stats' });

/** `GET /stats` */
export function showStats({ store: { ledger } }: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'showStats',
    method: 'get',
    path: '/stats',
    tag: 'statistics',
    summary: 'Latency, outcomes and arrivals of the last hours',
    description:
      'Latency is from arrival to result. It leaves out runs that somebody asked for: they do not begin with an arrival.',
    scope: 'admin:read',
    query: z.strictObject({
      hours: z.coerce
        .number()
        .int()
        .min(1)
        .max((RUN_RETENTION_DAYS - 1) * 24)
        .default(24),
    }),
    replies: {
      200: {
        description: 'Statistics',
        schema: stats,
      },
    },
    async handle({ query: { hours } }) {
      const to = Date.now();
      const from = to - hours * HOUR_MS;
      const [ended, seen] = await Promise.all([
        ledger.runs.between(from, to),
        ledger.runs.arrivals(from, to),
      ]);
      const runsByHour = byHour(ended);
      const seenByHour = byHour(seen.map((time) => ({ at: time })));
      const runs = ended.map(({ run }) => run);
      const slots = hoursBetween(from, to).map((hour) => ({ hour, at: new Date(hour).toISOString() }));
      return {
        status: 200,
        body: {
          latency: latencyOf(runs),
          outcomes: outcomesOf(runs),
          arrivals: slots.map(({ hour, at }) => ({ at, n: seenByHour.get(hour)?.length ?? 0 })),
          series: slots.map(({ hour, at }) => ({
            at,
            ...latencyOf((runsByHour.get(hour) ?? []).map(({ run }) => run)),
          })),
        },
      };
    },
  });
}
