import { z } from 'zod';
import { groupBy } from '../../core/index.js';
import {
  DRIFT_MEASURES,
  DRIFT_RETENTION_WEEKS,
  type DriftRow,
  driftFindingSchema,
  type DriftSums,
  lastWeeks,
} from '../../store/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { channelName } from '../vocabulary.js';

const DEFAULT_WEEKS = 12;
/** Series of an answer: those with the most display units. */
const MAX_SERIES = 200;

const count = z.number().int();
const device = z
  .object({
    model: z.string().describe('ManufacturerModelName; empty where the header is silent'),
    station: z.string().describe('StationName; likewise'),
  })
  .meta({ id: 'Device' });
const measure = z
  .enum(DRIFT_MEASURES)
  .meta({ id: 'DriftMeasure', description: 'what of the results of a device can drift' });
const week = z
  .object({
    week: z.iso.date().describe('its Monday, UTC'),
    units: count.describe('display units whose picture was new'),
    segmented: count,
    empty: count,
    unsupported: count,
    failed: count,
    needsReview: count,
    classified: count.describe('that the modality classifier looked at'),
    outOfDistribution: count.describe('of those, the ones that it knows nothing like'),
    predictedDice: z.number().optional().describe('mean, 0–1; absent where none was estimated'),
    area: z
      .number()
      .optional()
      .describe('mean share 0–1 of the picture that is foreground; absent without any'),
  })
  .meta({ id: 'DriftWeek' });
const series = z
  .object({
    device: device.nullable().describe('null: the devices above the 200 of a week, taken together'),
    channel: channelName.nullable().describe('null where no modality was found'),
    weeks: z.array(week).describe('those with a display unit, oldest first'),
  })
  .meta({ id: 'DriftSeries' });
const finding = driftFindingSchema
  .extend({
    device: device.nullable(),
    channel: channelName.nullable().describe('null: all channels of the device together'),
    measure,
    before: z.number().describe('share or mean of the weeks before, 0–1'),
    now: z.number().describe('the same of the last two weeks'),
    units: count.describe('display units that `now` is made of'),
  })
  .meta({ id: 'DriftFinding' });
const drift = z
  .object({
    weeks: z.array(z.iso.date()).describe('all weeks asked for, oldest first'),
    findings: z.array(finding).describe('what the alert rule found last'),
    series: z.array(series).describe('those with the most display units first'),
    rule: z
      .object({
        minimum: count.describe('display units that both times must have; 0: the rule is off'),
        baselineWeeks: count,
        share: z.number(),
        dice: z.number(),
        area: z.number(),
      })
      .meta({ id: 'DriftRule', description: 'the settings alerts.drift…' }),
  })
  .meta({ id: 'Drift' });

/** `GET /drift` */
export function driftEndpoints({ store, settings }: AdminDependencies): Endpoint[] {
  const { driftMinimum, driftBaselineWeeks, driftShare, driftDice, driftArea } = settings.alerts;
  const rule = {
    minimum: driftMinimum,
    baselineWeeks: driftBaselineWeeks,
    share: driftShare,
    dice: driftDice,
    area: driftArea,
  };
  return [
    endpoint({
      operationId: 'showDrift',
      method: 'get',
      path: '/drift',
      tag: 'statistics',
      summary: 'Results by device, channel and week',
      description:
        'Outcomes, out-of-distribution pictures, predicted Dice and area. A picture counts once, when it arrives: ' +
        `not when it is run again, nor when somebody asks for an old study. Kept for ${DRIFT_RETENTION_WEEKS} weeks; ` +
        `at most ${MAX_SERIES} series.`,
      scope: 'admin:read',
      query: z.strictObject({
        weeks: z.coerce.number().int().min(1).max(DRIFT_RETENTION_WEEKS).default(DEFAULT_WEEKS),
      }),
      replies: { 200: { description: 'Series by device and channel, and what has drifted', schema: drift } },
      async handle({ query: { weeks } }) {
        const now = Date.now();
        const [rows, found] = await Promise.all([store.drift.rows(weeks, now), store.drift.found()]);
        const findings = found.map((one) => ({
          ...one,
          device: one.device ?? null,
          channel: one.channel ?? null,
        }));
        return {
          status: 200,
          body: { weeks: lastWeeks(weeks, now), findings, series: seriesOf(rows), rule },
        };
      },
    }),
  ];
}

function seriesOf(rows: readonly DriftRow[]) {
  const all = groupBy(rows, ({ device, channel }) => JSON.stringify([device, channel]));
  const units = (of: readonly DriftRow[]) => of.reduce((sum, { sums }) => sum + sums.units, 0);
  return [...all.values()]
    .sort((a, b) => units(b) - units(a))
    .slice(0, MAX_SERIES)
    .map((of) => ({
      device: of[0]!.device ?? null,
      channel: of[0]!.channel ?? null,
      weeks: of.map((row) => ({ week: row.week, ...figuresOf(row.sums) })),
    }));
}

function figuresOf(sums: DriftSums) {
  const { units, segmented, empty, unsupported, failed, classified, outOfDistribution } = sums;
  return {
    units,
    segmented,
    empty,
    unsupported,
    failed,
    needsReview: sums.review,
    classified,
    outOfDistribution,
    ...(sums.qualities > 0 && { predictedDice: sums.quality / sums.qualities }),
    ...(sums.areas > 0 && { area: sums.area / sums.areas }),
  };
}
