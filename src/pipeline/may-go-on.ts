import { AppError } from '../core/index.js';
import type { UnitTask } from './context.js';

/** Asked before every display unit and every frame. @throws AppError `CANCELLED`, `BUDGET_EXCEEDED` */
export async function mayGoOn({ context, budget }: Pick<UnitTask, 'context' | 'budget'>): Promise<void> {
  budget.checkTime();
  if (await context.isCancelled?.())
    throw new AppError('CANCELLED', 'The run was stopped between two frames');
}
