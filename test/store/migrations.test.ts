import { describe, expect, it } from 'vitest';
import { migrated, type Migration, RECORD_SCHEMA, schemaOf } from '../../src/store/ledger/migrations.js';

/** Two steps of a software that does not exist. */
const STEPS: readonly Migration[] = [
  ({ seen, ...record }) => ({ ...record, firstSeen: seen ?? '""' }),
  (record) => ({ ...record, attempts: record.attempts ?? '0' }),
];

describe('a migration of a record', () => {
  it('takes every step from the version of the record on, and says which version it has reached', () => {
    expect(migrated({ seen: '"then"' }, STEPS)).toEqual({ firstSeen: '"then"', attempts: '0', schema: '2' });
    expect(migrated({ schema: '1', seen: '"kept"' }, STEPS)).toEqual({
      seen: '"kept"',
      attempts: '0',
      schema: '2',
    });
  });

  it('leaves a record of this version and of a newer one as it is', () => {
    for (const schema of ['2', '9'])
      expect(migrated({ schema, seen: '1' }, STEPS)).toEqual({ schema, seen: '1' });
  });

  it('to version 2 takes out of the reasons of a unit why it is left, and nothing else', () => {
    const other = { outcome: 'segmented', reasons: ['Modality is DX, not left over: it stays'], more: 1 };
    const units = [other, { outcome: 'superseded', reasons: ['left over: a', 'left over: b', 'c'] }];
    const record = { schema: '1', state: '"done"', units: JSON.stringify(units) };
    const now = migrated(record);
    expect(now).toMatchObject({ schema: '2', state: '"done"' });
    expect(JSON.parse(now.units!)).toEqual([
      other,
      { outcome: 'superseded', reasons: ['c'], whyLeft: ['a', 'b'] },
    ]);
  });

  it.each(['[]', '7', '[{"outcome":', '[{"outcome":"failed","reasons":7}]', '[ {"reasons":["x"]} ]'])(
    'to version 2 leaves units as they are in which nothing is to change: %s',
    (units) => {
      expect(migrated({ schema: '1', units })).toEqual({ schema: '2', units });
    },
  );

  it('takes a record whose version cannot be read for one without', () => {
    expect([undefined, 'x', '-1', '1.5'].map((schema) => schemaOf(schema ? { schema } : {}))).toEqual([
      0, 0, 0, 0,
    ]);
    expect(RECORD_SCHEMA).toBeGreaterThan(0);
  });
});
