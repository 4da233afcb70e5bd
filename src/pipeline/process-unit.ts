import { type AppError, type RouteDecision, toAppError, type UnitResult } from '../core/index.js';
import { timed } from '../telemetry/index.js';
import type { UnitTask } from './context.js';
import { weighUnit, type WeighedUnit } from './decide-unit.js';
import { mayGoOn, requireWanted } from './may-go-on.js';
import type { Turn } from './overlap.js';
import { segmentUnit, type SegmentedUnit } from './segment-unit.js';
import { unitIdentity } from './unit-identity.js';

/** What became of a unit: its result, or what to try it again for. */
export type UnitAttempt =
  | { readonly again: AppError }
  | ({ readonly again?: never; readonly weighed: WeighedUnit | undefined } & SegmentedUnit);

/**
 * Routes, segments and stores one unit.
 * @param turn the next unit may begin when the last frame stands in the engine's line: so the engine has work while this
 *   unit's SEG is built, stored and verified, and still answers both questions about a picture one after the other
 * @throws AppError what ends the study, `CANCELLED` included; never for what is wrong with this unit alone
 */
export async function processUnit(
  task: Omit<UnitTask, 'decision' | 'lastFrameBegun' | 'mayStore'>,
  turn: Turn,
): Promise<UnitAttempt> {
  const { study, unit, frames, model } = task;
  const source = unitIdentity(study, unit);
  const context = {
    ...task.context,
    isCancelled: async () => turn.isHalted() || ((await task.context.isCancelled?.()) ?? false),
  };
  let weighed: WeighedUnit | undefined;
  let decision: RouteDecision | undefined;
  try {
    await mayGoOn({ ...task, context });
    weighed = await timed('route', () => weighUnit(unit, frames, context, model));
    decision = weighed.decision;
    const { channel, score, reasons } = decision;
    if (channel === undefined) {
      const pixelsSha256 = frames.pixelsSha256();
      return {
        result: { outcome: 'unsupported', score, reasons, pixelsSha256, ...source },
        sent: 0,
        frames: [],
        weighed,
      };
    }
    const segmented = await segmentUnit({
      ...task,
      context,
      decision: { ...decision, channel },
      lastFrameBegun: turn.letNextBegin,
      mayStore: () => turn.mine().then(() => requireWanted(context)),
    });
    return { ...segmented, weighed };
  } catch (thrown) {
    const error = toAppError(thrown);
    // A mistake of ours with one picture is no reason to leave the others alone.
    if (error.scope !== 'unit' && error.code !== 'INTERNAL') throw error;
    if (error.retryable && !context.lastAttempt) return { again: error };
    const result: UnitResult = {
      outcome: error.outcome,
      channel: decision?.channel,
      score: decision?.score,
      reasons: [...(decision?.reasons ?? []), `${error.code}: ${error.message}`],
      error: { code: error.code, message: error.message, advice: error.advice },
      ...source,
    };
    return { result, sent: 0, frames: [], weighed };
  }
}
