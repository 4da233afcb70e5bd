import { migrated } from './migrations.js';
import { parsed } from './parsed.js';
import { studyRecordSchema, type StudyRecord } from './study-record.js';

const FIELDS = Object.keys(studyRecordSchema.shape);

/** A record, or the fields that keep it from being one: fields that are missing are not among them. */
export type ReadRecord =
  | { readonly record: StudyRecord }
  | { readonly record?: never; readonly spoiled: Readonly<Record<string, string>> };

/**
 * Reads a record as Redis holds it, a hash of JSON values. An earlier version or a newer one may have written it, or
 * half of it may have been restored. Fields that we do not know are left out.
 */
export function readRecord(kept: Readonly<Record<string, string>>): ReadRecord {
  const hash = migrated(kept);
  const spoiled: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const text = hash[field];
    if (text === undefined) continue;
    const value = parsed(text);
    if (value === undefined) spoiled[field] = text;
    else values[field] = value;
  }
  const { success, data, error } = studyRecordSchema.safeParse(values);
  if (success && Object.keys(spoiled).length === 0) return { record: data };
  for (const { path } of error?.issues ?? []) {
    const field = String(path[0]);
    const text = hash[field];
    if (text !== undefined) spoiled[field] = text;
  }
  return { spoiled };
}
