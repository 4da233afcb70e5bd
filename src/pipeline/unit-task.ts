import type { Channel, RouteDecision, Uid } from '../core/index.js';
import type { LoadedModel } from '../model/index.js';
import type { StudyContext } from './context.js';
import type { DisplayUnit } from './display-unit.js';

/** Everything one unit needs once its channel is known. */
export interface UnitTask {
  readonly study: Uid;
  readonly unit: DisplayUnit;
  readonly context: StudyContext;
  readonly model: LoadedModel;
  readonly decision: RouteDecision & { readonly channel: Channel };
}
