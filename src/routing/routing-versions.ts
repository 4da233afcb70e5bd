import type { Redis } from 'ioredis';
import { z } from 'zod';
import { parseRoutingRules, type RoutingConfig } from './routing-rules.js';
import type { Settings } from '../config/index.js';
import { AppError } from '../core/index.js';

const stored = z.object({
  version: z.int().min(1),
  at: z.iso.datetime(),
  actor: z.string(),
  comment: z.string(),
  /** As it was written, with its comments. */
  text: z.string(),
});

/** A version of the routing rules. Version 0 is the file's and has neither time nor actor. */
export interface RoutingVersion {
  readonly version: number;
  readonly at: string | undefined;
  readonly actor: string | undefined;
  readonly comment: string;
  readonly text: string;
  readonly rules: RoutingConfig;
}

export type RoutingVersionSummary = Omit<RoutingVersion, 'text' | 'rules'>;

/** The rules that the file brings. */
export interface RoutingFile {
  readonly text: string;
  readonly rules: RoutingConfig;
}

/** Versions of the routing rules; the newest is in force from the next study on. */
export interface RoutingVersions {
  /** Number of the newest. */
  newest(): Promise<number>;
  /** @throws AppError `CONFIG_INVALID` for rules that an older version of this software took and this one does not */
  read(version: number): Promise<RoutingVersion | undefined>;
  /** Newest first, the file's last. */
  list(page: { offset: number; limit: number }): Promise<RoutingVersionSummary[]>;
  /**
   * Puts rules in force; the text has been checked.
   * @param expected newest version that the writer has seen
   * @returns the new version, or undefined when another one came before
   */
  put(entry: { text: string; actor: string; comment: string }, expected: number): Promise<number | undefined>;
}

const PUT = `
local newest = tonumber(redis.call('GET', KEYS[1]) or '0')
if newest ~= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('SET', KEYS[1], ARGV[2])
return 1`;

/** Versions in Redis; none is ever changed or removed. */
export function openRoutingVersions(
  redis: Redis,
  settings: Settings['redis'],
  file: RoutingFile,
): RoutingVersions {
  const newestKey = `${settings.prefix}:routing:newest`;
  const versionsKey = `${settings.prefix}:routing:versions`;
  const newest = async () => Number((await redis.get(newestKey)) ?? 0);
  const first: RoutingVersionSummary = {
    version: 0,
    at: undefined,
    actor: undefined,
    comment: 'the file config/modalities.yaml',
  };

  return {
    newest,
    async read(version) {
      if (version === 0) return { ...first, ...file };
      const line = await redis.hget(versionsKey, String(version));
      if (line === null) return undefined;
      const entry = stored.parse(JSON.parse(line));
      const parsed = parseRoutingRules(entry.text);
      if ('rules' in parsed) return { ...entry, rules: parsed.rules };
      const { path, message } = parsed.problems[0]!;
      throw new AppError('CONFIG_INVALID', `Routing rules, version ${version}: ${path}: ${message}`);
    },
    async list({ offset, limit }) {
      const top = (await newest()) - offset;
      const numbers = Array.from({ length: Math.max(0, Math.min(limit, top + 1)) }, (_, i) => top - i);
      const wanted = numbers.filter((version) => version > 0).map(String);
      const lines = wanted.length > 0 ? await redis.hmget(versionsKey, ...wanted) : [];
      const summaries: RoutingVersionSummary[] = lines.flatMap((line) => {
        if (line === null) return [];
        const { version, at, actor, comment } = stored.parse(JSON.parse(line));
        return [{ version, at, actor, comment }];
      });
      return numbers.includes(0) ? [...summaries, first] : summaries;
    },
    async put({ text, actor, comment }, expected) {
      const version = expected + 1;
      const entry = { version, at: new Date().toISOString(), actor, comment, text };
      const args = [expected, version, JSON.stringify(entry)] as const;
      return (await redis.eval(PUT, 2, newestKey, versionsKey, ...args)) === 1 ? version : undefined;
    },
  };
}
