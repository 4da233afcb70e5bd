import { describe, expect, it } from 'vitest';
import type { UnitObservation } from '../../src/core/index.js';
import { findDrift } from '../../src/notify/drift/find-drift.js';
import { driftSumsOf, lastWeeks, readDriftRows } from '../../src/store/drift/drift-sums.js';

const NOW = Date.parse('2026-06-10T12:00:00Z');
const WEEKS = lastWeeks(10, NOW);
const RECENT = new Set(WEEKS.slice(-2));
const RULE = { driftMinimum: 30, driftBaselineWeeks: 8, driftShare: 0.15, driftDice: 0.05, driftArea: 0.5 };
const A = { model: 'Scope 9', station: 'ROOM1' };
const B = { model: 'Scope 9', station: 'ROOM2' };

type Seen = Partial<UnitObservation>;
const unit = (change: Seen): UnitObservation => ({
  device: A,
  outcome: 'segmented',
  channel: 'dermoscopy',
  ...change,
});
const times = (n: number, change: (index: number) => Seen) =>
  Array.from({ length: n }, (_, i) => unit(change(i)));
const good = (dice: number) => ({ predicted: dice, lower: dice - 0.1, review: false });

/** What is kept of a week, as Redis gives it back. */
const week = (name: string, seen: readonly UnitObservation[]) =>
  readDriftRows(
    name,
    Object.fromEntries(
      Object.entries(driftSumsOf(seen)).flatMap(([device, sums]) =>
        Object.entries(sums).map(([field, value]) => [`${device}\t${field}`, String(value)]),
      ),
    ),
  );
/** Eight weeks of `before`, then two of `now`. */
const found = (before: readonly UnitObservation[], now: readonly UnitObservation[], rule = RULE) =>
  findDrift(
    WEEKS.flatMap((name) => week(name, RECENT.has(name) ? now : before)),
    RECENT,
    rule,
  );

describe('a device has drifted', () => {
  it.each<[string, string, Seen | ((i: number) => Seen), Seen | ((i: number) => Seen)]>([
    ['when its predicted Dice falls', 'predictedDice', { quality: good(0.9) }, { quality: good(0.8) }],
    ['when its masks become larger', 'area', { area: 0.1 }, { area: 0.2 }],
    ['when its masks become smaller', 'area', { area: 0.1 }, { area: 0.04 }],
    ['when more of its units are empty', 'empty', {}, (i) => (i % 2 ? { outcome: 'empty' } : {})],
    [
      'when more of its units fail',
      'failed',
      {},
      (i) => (i % 3 ? {} : { outcome: 'failed', channel: undefined }),
    ],
    [
      'when more of its pictures are of no known kind',
      'outOfDistribution',
      { outOfDistribution: false },
      (i) => ({ outOfDistribution: i % 2 === 0 }),
    ],
    [
      'when more of its units are unsupported',
      'unsupported',
      {},
      (i) => (i % 2 ? {} : { outcome: 'unsupported', channel: undefined }),
    ],
  ])('%s', (_, measure, before, now) => {
    const of = (change: Seen | ((i: number) => Seen)) =>
      times(20, typeof change === 'function' ? change : () => change);
    expect(found(of(before), of(now))).toEqual([expect.objectContaining({ device: A, measure })]);
    expect(found(of(before), of(before))).toEqual([]);
  });
});

describe('a device is compared with its own weeks before', () => {
  it('so that two devices which always differed are left alone', () => {
    const always = [
      ...times(20, () => ({ quality: good(0.95) })),
      ...times(20, () => ({ device: B, quality: good(0.7) })),
    ];
    expect(found(always, always)).toEqual([]);
  });

  it('and named alone when it changes beside others of the same model', () => {
    const before = [...times(20, () => ({ area: 0.1 })), ...times(20, () => ({ device: B, area: 0.1 }))];
    const now = [...times(20, () => ({ area: 0.1 })), ...times(20, () => ({ device: B, area: 0.3 }))];
    expect(found(before, now)).toEqual([
      {
        device: B,
        channel: 'dermoscopy',
        measure: 'area',
        before: expect.closeTo(0.1),
        now: expect.closeTo(0.3),
        units: 40,
      },
    ]);
  });
});

describe('nothing is told', () => {
  const fallen = [
    times(20, () => ({ quality: good(0.9) })),
    times(20, () => ({ quality: good(0.8) })),
  ] as const;

  it('of a time with fewer display units than the rule asks for', () => {
    expect(found(fallen[0], fallen[1].slice(0, 14))).toEqual([]);
    expect(found(fallen[0].slice(0, 3), fallen[1])).toEqual([]);
    expect(found(...fallen)).toHaveLength(1);
  });

  it('of a difference that chance may make: a spread as wide as it, over few units', () => {
    const wide = (middle: number) => (i: number) => ({ quality: good(middle + (i % 2 ? 0.25 : -0.25)) });
    expect(found(times(20, wide(0.7)), times(20, wide(0.63)))).toEqual([]);
  });

  it('where the rule is off', () => {
    expect(found(...fallen, { ...RULE, driftMinimum: 0 })).toEqual([]);
  });
});
