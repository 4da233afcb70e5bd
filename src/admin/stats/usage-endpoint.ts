import { z } from 'zod';
import { AppError } from '../../core/index.js';
import { loadModalities } from '../../routing/index.js';
import { dayOf, type DayUsage } from '../../store/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { channelName } from '../vocabulary.js';

const DAY_MS = 24 * 3600 * 1000;
const MAX_DAYS = 400;
const DEFAULT_DAYS = 30;

const count = z.number().int();
const usageDay = z
  .object({
    day: z.iso.date().describe('UTC'),
    studies: count.describe('runs that ended'),
    segmented: count,
    empty: count.describe('nothing was found'),
    unsupported: count,
    failed: count,
    frames: count.describe('segmented'),
    byChannel: z.record(channelName, count).describe('runs with at least one display unit of the modality'),
    seconds: z.number().describe('spent by workers'),
  })
  .meta({ id: 'UsageDay' });
const usage = z.object({ items: z.array(usageDay) }).meta({ id: 'Usage' });

/** `GET /usage` */
export function showUsage({ store: { ledger }, settings }: AdminDependencies): Endpoint {
  const { channels } = loadModalities(settings.model.modalities);
  const none = Object.fromEntries(Object.keys(channels).map((name) => [name, 0]));
  return endpoint({
    operationId: 'showUsage',
    method: 'get',
    path: '/usage',
    tag: 'statistics',
    summary: 'What was done, by day',
    description: `At most ${MAX_DAYS} days at once; the last ${DEFAULT_DAYS} when none are named. Kept for three years.`,
    scope: 'admin:read',
    query: z.strictObject({
      from: z.iso.date().optional().describe('first day, UTC'),
      to: z.iso.date().optional().describe('last day, UTC'),
    }),
    replies: { 200: { description: 'Days, oldest first', schema: usage } },
    async handle({ query }) {
      const days = daysOf(query.from, query.to);
      return {
        status: 200,
        body: { items: (await ledger.runs.usage(days)).map((entry) => toItem(entry, none)) },
      };
    },
  });
}

function daysOf(from: string | undefined, to: string | undefined): string[] {
  const last = to === undefined ? Date.now() : Date.parse(to);
  const first = from === undefined ? last - (DEFAULT_DAYS - 1) * DAY_MS : Date.parse(from);
  const count = Math.floor((Date.parse(dayOf(last)) - Date.parse(dayOf(first))) / DAY_MS) + 1;
  if (count < 1) throw new AppError('INVALID_REQUEST', 'In the query: from is after to');
  if (count > MAX_DAYS) throw new AppError('INVALID_REQUEST', `In the query: more than ${MAX_DAYS} days`);
  return Array.from({ length: count }, (_, index) => dayOf(first + index * DAY_MS));
}

function toItem(
  { day: date, studies, byOutcome, byChannel, frames, seconds }: DayUsage,
  none: Readonly<Record<string, number>>,
) {
  const { segmented = 0, empty = 0, unsupported = 0, failed = 0 } = byOutcome;
  const counts = { segmented, empty, unsupported, failed };
  return { day: date, studies, ...counts, frames, byChannel: { ...none, ...byChannel }, seconds };
}
