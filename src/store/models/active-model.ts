import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { StoreKeys } from '../keys.js';
import { ACTIVATE_MODEL, ROLL_BACK_MODEL } from '../scripts/change-active-model.js';
import { runScript } from '../scripts/script.js';

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
const MAX_LINES = 200;
const DAY_MS = 86_400_000;

/** The state in Redis; an empty stack of activations means the configured model. */
export function openActiveModel(redis: Redis, keys: StoreKeys['models']): ActiveModel {
  const changed = [keys.stack, keys.history, keys.shadow, keys.agreement] as const;
  const parse = <T>(schema: z.ZodType<T>, lines: readonly string[]): T[] =>
    lines.map((line) => schema.parse(JSON.parse(line)));
  const top = async (count: number) => parse(activation, await redis.lrange(keys.stack, 0, count - 1));

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
      const args = [id, JSON.stringify(line), at, JSON.stringify(latest), MAX_LINES, STEPS_BACK] as const;
      await runScript(redis, ACTIVATE_MODEL, changed, ...args);
    },
    async rollBack(expected, to, actor) {
      const at = new Date().toISOString();
      const line: ModelHistoryLine = { id: to, at, actor, action: 'rolled-back' };
      const args = [to, JSON.stringify(line), at, expected, MAX_LINES] as const;
      return (await runScript(redis, ROLL_BACK_MODEL, changed, ...args)) === 1;
    },
    async history(limit) {
      return parse(historyLine, await redis.lrange(keys.history, 0, limit - 1));
    },
    async noteProblem(found) {
      await redis.hset(keys.problems, found.worker, JSON.stringify(found));
    },
    async clearProblem(worker) {
      await redis.hdel(keys.problems, worker);
    },
    async problems() {
      const all = parse(problem, Object.values(await redis.hgetall(keys.problems)));
      const isOld = ({ at }: ModelProblem) => Date.parse(at) <= Date.now() - DAY_MS;
      // Every worker that is started has a name of its own.
      const old = all.filter(isOld).map(({ worker }) => worker);
      if (old.length > 0) await redis.hdel(keys.problems, ...old);
      return all.filter((found) => !isOld(found));
    },
  };
}
