import { isDeepStrictEqual } from 'node:util';
import type { EngineClient, Picture } from '../../model/index.js';
import type { SlotEngine } from './model-switch.js';

/** Lends engines that have no study of their own to studies that run, for one picture at a time. */
export interface Lending {
  /** A study takes its engine, which is lent to nobody from now on. Waits for the picture that it is lent for. Never rejects. */
  take(engine: EngineClient): Promise<void>;
  /** The study has ended. */
  giveBack(engine: EngineClient): void;
  /**
   * The engine of a study, which has others do pictures while it is busy. What fails there is asked of it: errors are always its
   * own.
   */
  helped(own: SlotEngine): EngineClient;
}

/** @param engines those of all slots */
export function openLending(engines: readonly SlotEngine[]): Lending {
  const taken = new Set<EngineClient>();
  const lent = new Map<EngineClient, Promise<unknown>>();
  /** Those that failed while lent; until a study of their own finds out why. */
  const failed = new Set<EngineClient>();

  const mayHelp = (own: SlotEngine) => (engine: SlotEngine) =>
    engine !== own && !taken.has(engine) && !failed.has(engine) && hasSameModel(engine, own);

  async function lend<T>(engine: SlotEngine, ask: (engine: EngineClient) => Promise<T>): Promise<T> {
    const answer = ask(engine);
    lent.set(
      engine,
      answer.catch(() => failed.add(engine)),
    );
    try {
      return await answer;
    } finally {
      lent.delete(engine);
    }
  }

  function helped(own: SlotEngine): EngineClient {
    let asked = 0;
    /** Who classified a picture and may hold it. */
    const classifiedBy = new WeakMap<Picture, SlotEngine>();

    async function ofOwn<T>(ask: (engine: EngineClient) => Promise<T>): Promise<T> {
      asked += 1;
      return ask(own).finally(() => (asked -= 1));
    }

    function helperFor(picture: Picture): SlotEngine | undefined {
      // Where pictures go through the network together, one line fills the batches.
      if ((own.state()?.batchSize ?? 1) > 1) return undefined;
      const free = engines.filter(mayHelp(own)).filter((engine) => !lent.has(engine));
      const holder = classifiedBy.get(picture);
      if (holder === own) return undefined;
      if (holder && free.includes(holder)) return holder;
      return asked === 0 ? undefined : free[0];
    }

    async function ask<T>(
      picture: Picture,
      question: (engine: EngineClient) => Promise<T>,
    ): Promise<{ answer: T; by: SlotEngine }> {
      const helper = helperFor(picture);
      try {
        if (helper) return { answer: await lend(helper, question), by: helper };
      } catch {
        // Its own engine says what is wrong with the picture, if anything is.
      }
      return { answer: await ofOwn(question), by: own };
    }

    return {
      load: () => ofOwn((engine) => engine.load()),
      decode: (frame) => ofOwn((engine) => engine.decode(frame)),
      async detect(picture) {
        const { answer, by } = await ask(picture, (engine) => engine.detect(picture));
        classifiedBy.set(picture, by);
        return answer;
      },
      segment: async (picture, channel) =>
        (await ask(picture, (engine) => engine.segment(picture, channel))).answer,
      state: () => own.state(),
      helpers: () => engines.filter(mayHelp(own)).length,
      pid: () => own.pid(),
      close: () => own.close(),
    };
  }

  return {
    async take(engine) {
      taken.add(engine);
      failed.delete(engine);
      await lent.get(engine);
    },
    giveBack: (engine) => void taken.delete(engine),
    helped,
  };
}

/** Another model, rule or provider may give another mask. */
function hasSameModel(one: SlotEngine, other: SlotEngine): boolean {
  return one.model() !== undefined && isDeepStrictEqual(one.model(), other.model());
}
