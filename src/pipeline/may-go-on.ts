import { AppError } from '../core/index.js';
import type { StudyContext, UnitTask } from './context.js';

/** Asked before every display unit and every frame. @throws AppError `CANCELLED`, `BUDGET_EXCEEDED` */
export async function mayGoOn({ context, budget }: Pick<UnitTask, 'context' | 'budget'>): Promise<void> {
  budget.checkTime();
  await requireWanted(context);
}

/** @throws AppError `CANCELLED` when somebody wants the run to stop */
export async function requireWanted({ isCancelled }: Pick<StudyContext, 'isCancelled'>): Promise<void> {
  if (await isCancelled?.()) throw new AppError('CANCELLED', 'The run was stopped between two frames');
}
