import { describe, expect, it } from 'vitest';
import { KEY_TABLE, storeKeys } from '../../src/store/keys.js';

/** Every name that `storeKeys` gives, functions called with `x`. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [(value as (part: string) => string)('x')];
  return Object.values(value as object).flatMap(namesIn);
}

const { prefix, ...groups } = storeKeys('site');
const names = namesIn(groups);
const patterns = KEY_TABLE.map(({ pattern }) => `site:${pattern.replace(/<[^>]+>/g, 'x')}`);

describe('the keys in Redis', () => {
  it('all begin with the prefix, and no two are the same', () => {
    expect(prefix).toBe('site');
    expect(names.every((name) => name.startsWith('site:'))).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are those of the table, which names besides them only the queues of BullMQ', () => {
    const bullmq = KEY_TABLE.filter(({ type }) => type === 'BullMQ').map(({ pattern }) => `site:${pattern}`);
    expect(bullmq).toEqual(['site:studies:*', 'site:requests:*', 'site:webhooks:*']);
    expect([...names, ...bullmq].sort()).toEqual([...patterns].sort());
  });
});
