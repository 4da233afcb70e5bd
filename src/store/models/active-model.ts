import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Settings } from '../../config/index.js';

const activation = z.object({ id: z.string(), at: z.iso.datetime(), actor: z.string() });
const historyLine = activation.extend({ action: z.enum(['activated', 'rolled-back']) });
const problem = z.object({
  worker: z.string(),
  id: z.string(),
  at: z.iso.datetime(),
  code: z.string(),
  message: z.string(),
});

/** Who made a model the active one, and when. */
export type Activation = z.infer<typeof activation>;
export type ModelHistoryLine = z.infer<typeof historyLine>;
/** A worker that keeps another model than the active one, and why. */
export type ModelProblem = z.infer<typeof problem>;

/** Which model the workers use; the same for all of them. */
export interface ActiveModel {
  /** The latest activation; undefined as long as the configured model is the active one. */
  current(): Promise<Activation | undefined>;
  /** What a roll-back goes to: undefined when there is nothing to roll back, else the id or the configured model. */
  previous(): Promise<{ readonly id: string | undefined } | undefined>;
  /** @param standardId of the configured model */
  activate(id: string, actor: string): Promise<void>;
  /**
   * Takes back the latest activation.
   * @param expected id of the activation to take back
   * @param to id of the model that is active then
   * @returns false when another one is the latest by now
   */
  rollBack(expected: string, to: string, actor: string): Promise<boolean>;
  /** Newest first. */
  history(limit: number): Promise<ModelHistoryLine[]>;
  noteProblem(problem: ModelProblem): Promise<void>;
  clearProblem(worker: string): Promise<void>;
  /** Of the last day. */
  problems(): Promise<ModelProblem[]>;
}

const STEPS_BACK = 50;
const LINES_KEPT = 200;
const DAY_MS = 86_400_000;

// The comparison of the shadow begins anew with another active model; the shadow that becomes active ends.
const RESTART_SHADOW = `
if redis.call('HGET', KEYS[3], 'id') == ARGV[1] then redis.call('DEL', KEYS[3])
elseif redis.call('EXISTS', KEYS[3]) == 1 then redis.call('HSET', KEYS[3], 'against', ARGV[1], 'since', ARGV[3]) end
redis.call('DEL', KEYS[4])
redis.call('LPUSH', KEYS[2], ARGV[2]) redis.call('LTRIM', KEYS[2], 0, ${LINES_KEPT - 1})
return 1`;
const ACTIVATE = `
redis.call('LPUSH', KEYS[1], ARGV[4]) redis.call('LTRIM', KEYS[1], 0, ${STEPS_BACK - 1})
${RESTART_SHADOW}`;
const ROLL_BACK = `
local top = redis.call('LINDEX', KEYS[1], 0)
if not top or cjson.decode(top).id ~= ARGV[4] then return 0 end
redis.call('LPOP', KEYS[1])
${RESTART_SHADOW}`;

/** The state in Redis; an empty stack of activations means the configured model. */
export function openActiveModel(redis: Redis, settings: Settings['redis']): ActiveModel {
  const key = (name: string) => `${settings.prefix}:models:${name}`;
  const keys = [key('stack'), key('history'), key('shadow'), key('agreement')] as const;
  const parse = <T>(schema: z.ZodType<T>, lines: readonly string[]): T[] =>
    lines.map((line) => schema.parse(JSON.parse(line)));
  const top = async (count: number) => parse(activation, await redis.lrange(keys[0], 0, count - 1));

  return {
    async current() {
      return (await top(1))[0];
    },
    async previous() {
      const [latest, before] = await top(2);
      return latest && { id: before?.id };
    },
    async activate(id, actor) {
      const at = new Date().toISOString();
      const line: ModelHistoryLine = { id, at, actor, action: 'activated' };
      const latest: Activation = { id, at, actor };
      await redis.eval(ACTIVATE, 4, ...keys, id, JSON.stringify(line), at, JSON.stringify(latest));
    },
    async rollBack(expected, to, actor) {
      const at = new Date().toISOString();
      const line: ModelHistoryLine = { id: to, at, actor, action: 'rolled-back' };
      return (await redis.eval(ROLL_BACK, 4, ...keys, to, JSON.stringify(line), at, expected)) === 1;
    },
    async history(limit) {
      return parse(historyLine, await redis.lrange(keys[1], 0, limit - 1));
    },
    async noteProblem(found) {
      await redis.hset(key('problems'), found.worker, JSON.stringify(found));
    },
    async clearProblem(worker) {
      await redis.hdel(key('problems'), worker);
    },
    async problems() {
      const all = parse(problem, Object.values(await redis.hgetall(key('problems'))));
      return all.filter(({ at }) => Date.parse(at) > Date.now() - DAY_MS);
    },
  };
}
