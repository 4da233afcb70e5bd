import type { Channel, Uid, UnitResult } from '../../core/index.js';
import type { LoadedModel } from '../../model/index.js';
import {
  decideUnit,
  type DisplayUnit,
  type FrameSource,
  segmentFrames,
  type StudyContext,
  openBudget,
} from '../../pipeline/index.js';
import { diceOf, frameKey, type KeptMasks } from './shadow-frames.js';

/** A unit as the active model has left it. */
export interface SeenUnit {
  readonly unit: DisplayUnit;
  readonly result: UnitResult;
  readonly kept: KeptMasks;
  /** With the pictures that the active model has seen. */
  readonly frames: FrameSource;
}

/** What a second model makes of the same unit. */
export interface UnitComparison {
  /** The active model's channel, or the other one's where that has none. */
  readonly channel: Channel | null;
  /** Same channel, and foreground in the compared frames of both or of none. */
  readonly same: boolean;
  /** Undefined where neither shows anything or the channels differ. */
  readonly dice: number | undefined;
}

/** Routes and segments a unit with the second model; stores nothing. @param context with the second model's engine */
export async function compareUnit(
  study: Uid,
  { unit, result, kept, frames: source }: SeenUnit,
  context: StudyContext,
  model: LoadedModel,
): Promise<UnitComparison> {
  const decision = await decideUnit(unit, source, context, model);
  const channel = decision.channel;
  if (channel === undefined || channel !== result.channel) {
    return { channel: result.channel ?? channel ?? null, same: channel === result.channel, dice: undefined };
  }
  const budget = openBudget(context.settings.budget);
  const task = {
    study,
    unit,
    filesRead: undefined,
    frames: source,
    budget,
    context,
    model,
    decision: { ...decision, channel },
  };
  const { frames } = await segmentFrames(task, ({ sourceIndex, frameNumber }) =>
    kept.compared.has(frameKey(sourceIndex, frameNumber)),
  );
  const same = frames.length > 0 === kept.masks.size > 0;
  return { channel, same, dice: diceOf(kept, frames) };
}
