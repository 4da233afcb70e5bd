import type { Device, UnitObservation } from '../../core/index.js';

/** Weeks that are kept: a year, and the one under way. */
export const DRIFT_RETENTION_WEEKS = 54;
/** Devices of a week that are told apart; those above it are summed up as one. */
export const MAX_DEVICES = 200;
/** Stands in Redis for the devices above `MAX_DEVICES`. */
const OTHERS = '*';
const WEEK_MS = 7 * 24 * 3600 * 1000;
/** 5 January 1970 was a Monday. */
const FIRST_MONDAY_MS = 4 * 24 * 3600 * 1000;

/** What is summed up of display units. A mean is a sum by its number; the squares give its spread. */
export const DRIFT_FIELDS = [
  'units',
  'segmented',
  'empty',
  'unsupported',
  'failed',
  /** Units that the modality classifier looked at, and those it knows nothing like. */
  'classified',
  'outOfDistribution',
  'qualities',
  'quality',
  'qualitySquares',
  'review',
  'areas',
  'area',
  'areaSquares',
] as const;
export type DriftSums = Readonly<Record<(typeof DRIFT_FIELDS)[number], number>>;

/** The sums of a device and a channel in a week. */
export interface DriftRow {
  /** Its Monday, UTC: `YYYY-MM-DD`. */
  readonly week: string;
  /** Absent for the devices above the bound, which are summed up as one. */
  readonly device?: Device | undefined;
  /** Absent where no modality was found. */
  readonly channel?: string | undefined;
  readonly sums: DriftSums;
}

/** The week (UTC, from Monday) of a time. */
export function weekOf(time: number): string {
  const monday = Math.floor((time - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS;
  return new Date(monday).toISOString().slice(0, 10);
}

/** The last weeks, oldest first, that of `now` included. */
export const lastWeeks = (count: number, now: number): string[] =>
  Array.from({ length: count }, (_, index) => weekOf(now - (count - 1 - index) * WEEK_MS));

/** Sums by device, then by `channel TAB field`: as a week's hash has them behind the device. */
export function driftSumsOf(seen: readonly UnitObservation[]): Record<string, Record<string, number>> {
  const all: Record<string, Record<string, number>> = {};
  for (const unit of seen) {
    const sums = (all[deviceKey(unit.device)] ??= {});
    for (const [field, value] of Object.entries(sumsOf(unit))) {
      if (value === 0) continue;
      const name = `${unit.channel ?? ''}\t${field}`;
      sums[name] = (sums[name] ?? 0) + value;
    }
  }
  return all;
}

const deviceKey = ({ model, station }: Device) => JSON.stringify([model, station]);

function sumsOf({ outcome, outOfDistribution, quality, area }: UnitObservation): Partial<DriftSums> {
  // Where nothing was found the figure is of another kind: the probability that nothing was overlooked.
  const dice = outcome === 'segmented' ? quality?.predicted : undefined;
  return {
    units: 1,
    [outcome]: 1,
    ...(outOfDistribution === undefined
      ? {}
      : { classified: 1, outOfDistribution: Number(outOfDistribution) }),
    ...(dice === undefined ? {} : { qualities: 1, quality: dice, qualitySquares: dice ** 2 }),
    review: quality?.review ? 1 : 0,
    ...(area === undefined ? {} : { areas: 1, area, areaSquares: area ** 2 }),
  };
}

/** Rows of a week's hash; what cannot be read is left out. */
export function readDriftRows(week: string, fields: Readonly<Record<string, string>>): DriftRow[] {
  const rows = new Map<
    string,
    { device: Device | undefined; channel: string; sums: Record<string, number> }
  >();
  for (const [name, text] of Object.entries(fields)) {
    const [key = '', channel = '', field = ''] = name.split('\t');
    const value = Number(text);
    const device = key === OTHERS ? undefined : readDevice(key);
    if (device === null || !isField(field) || !Number.isFinite(value)) continue;
    const row = rows.get(`${key}\t${channel}`) ?? { device, channel, sums: {} };
    row.sums[field] = value;
    rows.set(`${key}\t${channel}`, row);
  }
  return [...rows.values()].map(({ device, channel, sums }) => ({
    week,
    ...(device && { device }),
    ...(channel !== '' && { channel }),
    sums: Object.fromEntries(DRIFT_FIELDS.map((field) => [field, sums[field] ?? 0])) as DriftSums,
  }));
}

const isField = (name: string): name is keyof DriftSums => (DRIFT_FIELDS as readonly string[]).includes(name);

function readDevice(key: string): Device | null {
  try {
    const value = JSON.parse(key) as unknown;
    if (!Array.isArray(value) || value.length !== 2) return null;
    const [model, station] = value as [unknown, unknown];
    return typeof model === 'string' && typeof station === 'string' ? { model, station } : null;
  } catch {
    return null;
  }
}

/** Adds up rows. */
export function addUp(rows: readonly DriftRow[]): DriftSums {
  const sum = (field: keyof DriftSums) => rows.reduce((total, { sums }) => total + sums[field], 0);
  return Object.fromEntries(DRIFT_FIELDS.map((field) => [field, sum(field)])) as DriftSums;
}
