import { AppError, type RouteDecision } from '../core/index.js';
import type { EngineClient, LoadedModel } from '../model/index.js';
import { frameCount } from '../dicom/index.js';
import {
  classifySource,
  decide,
  headerEvidence,
  type HeaderEvidence,
  pixelEvidence,
  type PixelEvidence,
} from '../routing/index.js';
import { untimed } from '../telemetry/index.js';
import type { StudyContext } from './context.js';
import type { DisplayUnit } from './display-unit.js';
import type { FramePlace, FrameSource } from './frame-source.js';

/** Chooses the modality channel of a unit from its header and from the picture in its middle. */
export async function decideUnit(
  unit: DisplayUnit,
  frames: FrameSource,
  context: StudyContext,
  model: LoadedModel,
): Promise<RouteDecision> {
  return (await weighUnit(unit, frames, context, model)).decision;
}

/** A decision with what it was made of. */
export interface WeighedUnit {
  readonly decision: RouteDecision;
  /** Undefined where the kind of the image settles it. */
  readonly header?: HeaderEvidence;
  /** Undefined where the picture was not looked at. */
  readonly pixels?: PixelEvidence | undefined;
}

/** The same with the evidence. */
export async function weighUnit(
  unit: DisplayUnit,
  frames: FrameSource,
  context: StudyContext,
  model: LoadedModel,
): Promise<WeighedUnit> {
  if (unit.refusal !== undefined) return refused(unit.refusal);
  const rules = context.modalities.routing;
  const middle = unit.sources[middleSource(unit)]!;
  const kind = classifySource(middle, rules);
  if (kind.kind !== 'image') return refused(kind.reason);
  const header = headerEvidence(middle, rules);
  if (header.veto !== undefined || !model.detector) {
    return { decision: withModel(decide(header, undefined, rules, undefined), context, model), header };
  }

  // The unit before may still be in the engine.
  const engine: Pick<EngineClient, 'decode' | 'detect'> = {
    decode: (frame) => untimed(() => context.engine.decode(frame)),
    detect: (picture) => untimed(() => context.engine.detect(picture)),
  };
  const look = (place: FramePlace) => frames.peek(place, engine, engine.detect);
  const place = middleFrame(unit);
  const seen = await look(place).catch((error: unknown) => {
    // The header may name more frames than there are.
    if (!context.lastAttempt || place.frameNumber === 1 || !isRefused(error)) throw error;
    return look({ ...place, frameNumber: 1 });
  });
  const pixels = pixelEvidence([seen]);
  return {
    decision: withModel(decide(header, pixels, rules, model.detector), context, model),
    header,
    pixels,
  };
}

/** A channel that the model in use does not have, or that nothing is known of, cannot be run. */
function withModel(decision: RouteDecision, { modalities }: StudyContext, model: LoadedModel): RouteDecision {
  const { channel, reasons } = decision;
  if (channel === undefined) return decision;
  const refuse = (reason: string) => ({ ...decision, channel: undefined, reasons: [...reasons, reason] });
  if (!model.channels.some(({ name }) => name === channel)) {
    return refuse(`the model in use has no ${channel} channel`);
  }
  if (modalities.channels[channel] === undefined) {
    return refuse(`the modalities file describes no ${channel} channel: add its codes there`);
  }
  return decision;
}

const isRefused = (error: unknown) => error instanceof AppError && error.code === 'ARCHIVE_REFUSED';

const middleSource = ({ sources }: DisplayUnit) => Math.floor(sources.length / 2);

/** The frame by which a unit is recognised. @throws AppError `PIXELS_INVALID` for an illegal number of frames */
export function middleFrame(unit: DisplayUnit): FramePlace {
  const sourceIndex = middleSource(unit);
  return { sourceIndex, frameNumber: Math.floor(frameCount(unit.sources[sourceIndex]!) / 2) + 1 };
}

function refused(reason: string): WeighedUnit {
  return {
    decision: { channel: undefined, score: 0, reasons: [reason], source: 'header', bodyPartConfirmed: false },
  };
}
