import { AsyncResource } from 'node:async_hooks';
import type { Logger } from 'pino';
import type { Comparison, ShadowModel, ShadowState } from '../../store/index.js';
import { pseudonym, toAppError, type Uid } from '../../core/index.js';
import type { SlotContext, StudyContext, UnitFollower } from '../../pipeline/index.js';
import type { EngineClient } from '../../model/index.js';
import { compareUnit, type SeenUnit, type UnitComparison } from './compare-unit.js';
import type { ModelSwitch } from '../slots/model-switch.js';
import { keepMasks, planPictures } from './shadow-frames.js';
import { openSpareEngine } from '../slots/spare-engine.js';

/** Runs a second model beside the active one, after the study and never in its way. */
export interface Shadow {
  /**
   * Watches the run of one study.
   * @param context of the run
   * @param modelId the model it is run with
   * @returns undefined when there is nothing to compare with
   */
  watch(study: Uid, context: SlotContext, modelId: string): Promise<ShadowWatch | undefined>;
  /** Drops what waits. */
  close(): Promise<void>;
}

/** Collects what the active model gave. */
export interface ShadowWatch extends UnitFollower {
  /** The study's result is stored: now the shadow's turn comes. Returns at once. */
  readonly compare: () => void;
}

interface Waiting {
  readonly study: Uid;
  readonly context: SlotContext;
  readonly state: ShadowState;
  readonly units: readonly SeenUnit[];
}

/** Studies that may wait for the shadow; more are left out, so that masks do not fill the memory. */
const MAX_WAITING_STUDIES = 4;
const MAX_MASK_BYTES = 32 * 1024 * 1024;
/** For the pictures kept of one study. What does not fit is fetched and decoded once more when its turn comes. */
const MAX_PICTURE_BYTES = 64 * 1024 * 1024;
const IDLE_MS = 300_000;

export function openShadow(dependencies: {
  shadow: ShadowModel;
  models: Pick<ModelSwitch, 'find' | 'current'>;
  openEngine: (manifestPath: string) => EngineClient;
  log: Logger;
}): Shadow {
  const { shadow, log } = dependencies;
  const spare = openSpareEngine(dependencies.openEngine, IDLE_MS);
  const waiting: Waiting[] = [];
  let busy: Promise<void> | undefined;
  let closed = false;

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next && !closed; next = waiting.shift()) {
      const { study, state } = next;
      try {
        await shadow.add(state, await compareStudy(next));
      } catch (thrown) {
        if (closed) return;
        const { code, message } = toAppError(thrown);
        log.warn({ study: pseudonym(study), code, detail: message }, 'shadow model: study not compared');
        await shadow.noteFailed(state, code).catch(() => undefined);
      }
    }
  }

  // Outside of the run that calls it: the shadow's stages are none of the study's.
  const workOutside = AsyncResource.bind(work);

  async function compareStudy({ study, context, state, units }: Waiting): Promise<Comparison[]> {
    return spare.with((await dependencies.models.find(state.id)).manifestPath, async (engine) => {
      const model = await engine.load();
      const own: StudyContext = { ...context, engine, lastAttempt: true, note: async () => undefined };
      const compared: UnitComparison[] = [];
      for (const unit of units) compared.push(await compareUnit(study, unit, own, model));
      return sumByChannel(compared);
    });
  }

  /** The comparison begins anew when the configured model was replaced by another while nobody looked. */
  async function againstPresent(state: ShadowState, modelId: string): Promise<ShadowState | undefined> {
    const active = await dependencies.models.current().catch(() => undefined);
    // A worker that could not load the active model compares nothing.
    if (active?.id !== modelId) return undefined;
    await shadow.set(state.id === modelId ? undefined : { id: state.id, against: modelId });
    return shadow.state();
  }

  return {
    async watch(study, context, modelId) {
      const found = await shadow.state();
      const state = found && found.against !== modelId ? await againstPresent(found, modelId) : found;
      if (!state || closed) return undefined;
      const units: SeenUnit[] = [];
      let maskBytes = 0;
      let pictureBytes = 0;
      return {
        keeps(unit) {
          if (maskBytes > MAX_MASK_BYTES) return () => false;
          const plan = planPictures(unit, MAX_PICTURE_BYTES - pictureBytes);
          pictureBytes += plan.bytes;
          return plan.keeps;
        },
        ended(unit, result, masks, frames) {
          if (result.outcome === 'failed' || maskBytes > MAX_MASK_BYTES) return;
          const kept = keepMasks(unit, masks);
          maskBytes += kept.bytes;
          units.push({ unit, result, kept, frames });
        },
        compare() {
          if (units.length === 0 || closed) return;
          if (waiting.length >= MAX_WAITING_STUDIES) {
            shadow.noteSkipped(state).catch(() => undefined);
            return;
          }
          waiting.push({ study, context, state, units });
          busy ??= workOutside().finally(() => (busy = undefined));
        },
      };
    },
    async close() {
      closed = true;
      waiting.length = 0;
      // Killing the engine ends the comparison under way; it was to be thrown away at any time.
      await spare.close();
      await busy;
    },
  };
}

function sumByChannel(units: readonly UnitComparison[]): Comparison[] {
  const sums = new Map<UnitComparison['channel'], Comparison>();
  for (const { channel, same, dice } of units) {
    const before = sums.get(channel) ?? { channel, units: 0, same: 0, dice: 0, diceUnits: 0 };
    sums.set(channel, {
      channel,
      units: before.units + 1,
      same: before.same + (same ? 1 : 0),
      dice: before.dice + (dice ?? 0),
      diceUnits: before.diceUnits + (dice === undefined ? 0 : 1),
    });
  }
  return [...sums.values()];
}
