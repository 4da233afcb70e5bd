import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { StoreKeys } from '../keys.js';
import { PUT_ROUTING_VERSION } from '../scripts/put-routing-version.js';
import { runScript } from '../scripts/script.js';

const routingText = z.object({
  version: z.int().min(1),
  at: z.iso.datetime(),
  actor: z.string(),
  comment: z.string(),
  /** As it was written, with its comments. */
  text: z.string(),
});

/** A version of the routing rules as text: what it means is routing's affair. */
export type RoutingText = z.infer<typeof routingText>;

/** Versions of the routing rules, numbered from 1; none is ever changed or removed. */
export interface RoutingTexts {
  /** Number of the newest; 0 when there is none. */
  newest(): Promise<number>;
  /** Those of the named versions that there are, in their order. */
  read(versions: readonly number[]): Promise<RoutingText[]>;
  /**
   * Adds a version.
   * @param expected number of the newest one that the writer has seen
   * @returns its number, or undefined when another one came before
   */
  put(entry: { text: string; actor: string; comment: string }, expected: number): Promise<number | undefined>;
}

export function openRoutingTexts(redis: Redis, keys: StoreKeys['routing']): RoutingTexts {
  return {
    async newest() {
      return Number((await redis.get(keys.newest)) ?? 0);
    },
    async read(versions) {
      if (versions.length === 0) return [];
      const lines = await redis.hmget(keys.versions, ...versions.map(String));
      return lines.flatMap((line) => (line === null ? [] : [routingText.parse(JSON.parse(line))]));
    },
    async put({ text, actor, comment }, expected) {
      const version = expected + 1;
      const entry: RoutingText = { version, at: new Date().toISOString(), actor, comment, text };
      const args = [expected, version, JSON.stringify(entry)] as const;
      const done = await runScript(redis, PUT_ROUTING_VERSION, [keys.newest, keys.versions], ...args);
      return done === 1 ? version : undefined;
    },
  };
}
