import type { Uid } from '../../core/index.js';
import type { SlotContext } from '../../pipeline/index.js';
import type { RoutingInForce } from '../../routing/index.js';
import type { Lending } from './lending.js';
import type { ModelSwitch, SlotEngine } from './model-switch.js';
import type { Shadow } from '../shadow/shadow.js';

/** A slot as it is for one study. */
export interface PreparedSlot {
  readonly context: SlotContext;
  /** To be called when the study's result is stored and noted. */
  readonly finished?: (() => void) | undefined;
}

/** Brings a slot to what the administrator has decided, before each study. */
export type PrepareSlot = (slot: SlotContext, study: Uid) => Promise<PreparedSlot>;

/** @param parts `engines`: those of the slots */
export function slotPreparation(dependencies: {
  engines: readonly SlotEngine[];
  models: ModelSwitch;
  lending: Lending;
  routing: RoutingInForce;
  shadow: Shadow;
}): PrepareSlot {
  return async (slot, study) => {
    const engine = dependencies.engines.find((candidate) => candidate === slot.engine);
    if (engine) await dependencies.models.refresh(engine);
    const { modalities } = await dependencies.routing.current();
    const context: SlotContext = {
      ...slot,
      modalities,
      ...(engine && { engine: dependencies.lending.helped(engine) }),
    };
    const watch = engine && (await dependencies.shadow.watch(study, context, engine.modelId()));
    if (!watch) return { context };
    return { context: { ...context, follower: watch }, finished: watch.compare };
  };
}
