import { createHash } from 'node:crypto';
import { type Redis, ReplyError } from 'ioredis';

/** A Lua script that Redis runs as one step, so that nobody sees it half done. */
export interface Script<Keys extends number = number> {
  readonly name: string;
  /** How many keys it takes; its first arguments. */
  readonly keys: Keys;
  readonly lua: string;
  /** By which Redis knows it once it has run. */
  readonly sha1: string;
}

/** As many key names as a script takes. */
type KeysOf<N extends number, Names extends readonly string[] = []> = number extends N
  ? readonly string[]
  : Names['length'] extends N
    ? Names
    : KeysOf<N, readonly [...Names, string]>;

/** Names a script; every one has a file of its own. */
export function defineScript<const Keys extends number>(script: Omit<Script<Keys>, 'sha1'>): Script<Keys> {
  return { ...script, sha1: createHash('sha1').update(script.lua).digest('hex') };
}

/**
 * Runs a script. Its text is sent only when Redis does not know it yet, as after a restart.
 * @returns what the script returns, unchecked
 */
export async function runScript<Keys extends number>(
  redis: Redis,
  script: Script<Keys>,
  keys: KeysOf<Keys> & readonly string[],
  ...args: readonly (string | number)[]
): Promise<unknown> {
  try {
    return await redis.evalsha(script.sha1, script.keys, ...keys, ...args);
  } catch (error) {
    if (!isUnknownScript(error)) throw error;
    return redis.eval(script.lua, script.keys, ...keys, ...args);
  }
}

/** Redis's error code is the first word of its answer. */
const isUnknownScript = (error: unknown) =>
  error instanceof ReplyError && (error as Error).message.startsWith('NOSCRIPT');
