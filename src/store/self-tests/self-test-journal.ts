import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { AppError, type Uid } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';
import { RELEASE_LOCK } from '../scripts/release-lock.js';
import { RENEW_LOCK } from '../scripts/renew-lock.js';
import { runScript } from '../scripts/script.js';
import { type SelfTest, selfTestSchema, type StepName, STEPS } from './self-test.js';

const RETENTION_SECONDS = 7 * 24 * 3600;
/** A test whose process died is over after so long. */
const LOCK_MS = 60_000;
const RENEW_MS = 15_000;

/** Self-tests, and a lock so that one runs at a time everywhere. */
export interface Journal {
  /** Begins a test. @throws AppError `CONFLICT` while another one runs */
  begin(study: Uid): Promise<SelfTest>;
  save(test: SelfTest): Promise<void>;
  read(id: string): Promise<SelfTest | undefined>;
  /** Keeps the lock until `release` is called. */
  hold(id: string): { release(): Promise<void> };
  /** Tests that neither ended nor run: their process died. */
  abandoned(): Promise<SelfTest[]>;
}

export function openJournal(redis: Redis, keys: StoreKeys['selfTests']): Journal {
  const { lock, open, one: recordKey } = keys;

  async function read(id: string): Promise<SelfTest | undefined> {
    const text = await redis.get(recordKey(id));
    return text === null ? undefined : selfTestSchema.parse(JSON.parse(text));
  }

  async function save(test: SelfTest): Promise<void> {
    const transaction = redis.multi().set(recordKey(test.id), JSON.stringify(test), 'EX', RETENTION_SECONDS);
    if (test.state === 'running') transaction.sadd(open, test.id);
    else transaction.srem(open, test.id);
    await transaction.exec();
  }

  return {
    read,
    save,
    async begin(study) {
      const id = randomUUID();
      if ((await redis.set(lock, id, 'PX', LOCK_MS, 'NX')) === null) {
        throw new AppError('CONFLICT', 'A self-test is running already');
      }
      const test: SelfTest = {
        id,
        state: 'running',
        startedAt: new Date().toISOString(),
        seconds: 0,
        steps: (Object.keys(STEPS) as StepName[]).map((name) => ({
          name,
          title: STEPS[name],
          status: 'waiting',
        })),
        studyInstanceUid: study,
        removed: false,
      };
      await save(test);
      return test;
    },
    hold(id) {
      const timer = setInterval(() => {
        runScript(redis, RENEW_LOCK, [lock], id, LOCK_MS).catch(() => undefined);
      }, RENEW_MS);
      return {
        async release() {
          clearInterval(timer);
          await runScript(redis, RELEASE_LOCK, [lock], id);
        },
      };
    },
    async abandoned() {
      const running = await redis.get(lock);
      const ids = (await redis.smembers(open)).filter((id) => id !== running);
      const tests: SelfTest[] = [];
      for (const id of ids) {
        const test = await read(id);
        if (test) tests.push(test);
        else await redis.srem(open, id);
      }
      return tests;
    },
  };
}
