import type { RouteDecision, Uid } from '../core/index.js';
import type { LoadedModel } from '../model/index.js';
import {
  classifySource,
  decide,
  headerEvidence,
  type HeaderEvidence,
  pixelEvidence,
  type PixelEvidence,
} from '../routing/index.js';
import type { StudyContext } from './context.js';
import { decodeEither, fetchFrame, openFrameSource } from './fetch-frame.js';
import type { DisplayUnit } from './display-unit.js';
import { instancePath } from './unit-identity.js';

/** Chooses the modality channel of a unit from its header and from the picture in its middle. */
export async function decideUnit(
  study: Uid,
  unit: DisplayUnit,
  context: StudyContext,
  model: LoadedModel,
): Promise<RouteDecision> {
  return (await weighUnit(study, unit, context, model)).decision;
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
  study: Uid,
  unit: DisplayUnit,
  context: StudyContext,
  model: LoadedModel,
): Promise<WeighedUnit> {
  if (unit.refusal !== undefined) return refused(unit.refusal);
  const rules = context.modalities.routing;
  const middle = unit.sources[Math.floor(unit.sources.length / 2)]!;
  const kind = classifySource(middle, rules);
  if (kind.kind !== 'image') return refused(kind.reason);
  const header = headerEvidence(middle, rules);
  if (header.veto !== undefined || !model.detector) {
    return { decision: decide(header, undefined, rules, undefined), header };
  }

  const { dicomweb } = context.archive;
  const source = await openFrameSource(dicomweb, instancePath(study, middle), middle);
  const frameNumber = Math.floor(source.frames / 2) + 1;
  const frame = await fetchFrame(dicomweb, source, frameNumber);
  const seen = await decodeEither(dicomweb, source, frameNumber, frame, context.engine.detect);
  const pixels = pixelEvidence([seen]);
  return { decision: decide(header, pixels, rules, model.detector), header, pixels };
}

function refused(reason: string): WeighedUnit {
  return {
    decision: { channel: undefined, score: 0, reasons: [reason], source: 'header', bodyPartConfirmed: false },
  };
}
