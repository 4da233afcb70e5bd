import type { Redis } from 'ioredis';
import type { StoreKeys } from '../keys.js';
import { MIGRATE_STUDY } from '../scripts/migrate-study.js';
import { runScript } from '../scripts/script.js';
import { splitWhyLeft } from './split-why-left.js';

/** A record as Redis holds it: JSON texts by field. */
export type RecordHash = Readonly<Record<string, string>>;

/** Brings a record from one version to the next. It gets whatever was kept, damaged fields included. */
export type Migration = (record: RecordHash) => RecordHash;

/**
 * The n-th brings a record from version n to n + 1; version 0 is that of records without a version. None is ever
 * changed or taken out: somebody may come from the oldest version.
 */
const MIGRATIONS: readonly Migration[] = [
  // Version 1 says which version it is; nothing else changed.
  (record) => record,
  // Version 2 tells why a result is left over apart from how it came about.
  ({ units, ...record }) => (units === undefined ? record : { ...record, units: splitWhyLeft(units) }),
];

/** The version that this software writes. */
export const RECORD_SCHEMA = MIGRATIONS.length;

/** The field of a record that holds its version. */
const SCHEMA_FIELD = 'schema';

/** @returns the version of a record; one of a newer software's is larger than `RECORD_SCHEMA` */
export function schemaOf(record: RecordHash): number {
  const version = Number(record[SCHEMA_FIELD] ?? 0);
  return Number.isInteger(version) && version >= 0 ? version : 0;
}

/** A record in the form of this version. That of a newer one is left as it is: what we know of it is read. */
export function migrated(record: RecordHash, migrations: readonly Migration[] = MIGRATIONS): RecordHash {
  const from = schemaOf(record);
  if (from >= migrations.length) return record;
  const now = migrations.slice(from).reduce((fields, migrate) => migrate(fields), record);
  return { ...now, [SCHEMA_FIELD]: String(migrations.length) };
}

/** Writes a record in the form of this version, if it has an older one. */
export async function migrateStudy(redis: Redis, keys: StoreKeys['ledger'], uid: string): Promise<void> {
  const before = await redis.hgetall(keys.study(uid));
  if (Object.keys(before).length === 0 || schemaOf(before) >= RECORD_SCHEMA) return;
  const after = migrated(before);
  const set = Object.fromEntries(Object.entries(after).filter(([field, text]) => before[field] !== text));
  const drop = Object.keys(before).filter((field) => !(field in after));
  const args = [before[SCHEMA_FIELD] ?? '', JSON.stringify({ set, drop })] as const;
  await runScript(redis, MIGRATE_STUDY, [keys.study(uid)], ...args);
}

const BATCH = 500;

/**
 * Migrates all records that an earlier version wrote; does nothing when that was done. May run in several processes
 * at once and while studies change.
 */
export async function migrateStudies(redis: Redis, keys: StoreKeys['ledger']): Promise<void> {
  if (Number(await redis.get(keys.schema)) >= RECORD_SCHEMA) return;
  let cursor = '0';
  do {
    const [next, found] = await redis.zscan(keys.studies, cursor, 'COUNT', BATCH);
    const uids = found.filter((_, at) => at % 2 === 0);
    // A key of another kind is no record; the next change writes it anew.
    const versions = await Promise.all(
      uids.map((uid) => redis.hget(keys.study(uid), SCHEMA_FIELD).catch(isWrongType)),
    );
    const old = uids.filter((_, at) => versions[at] !== undefined && Number(versions[at]) < RECORD_SCHEMA);
    await Promise.all(old.map((uid) => migrateStudy(redis, keys, uid)));
    cursor = next;
  } while (cursor !== '0');
  await redis.set(keys.schema, RECORD_SCHEMA);
}

/** @throws any other error than that of a key of another kind */
export function isWrongType(error: unknown): undefined {
  if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return undefined;
  throw error;
}
