/** The way of a study, one file a step: start at process-study.ts. */
export type { SlotContext, StudyContext, UnitFollower } from './context.js';
export { decideUnit, middleFrame, type WeighedUnit, weighUnit } from './decide-unit.js';
export { type DisplayUnit, framesOf } from './display-unit.js';
export { fetchStudy } from './fetch-study.js';
export { type FramePlace, type FrameSource, type KeepPicture, openFrames } from './frame-source.js';
export { openBudget } from './budget.js';
export { processStudy, type StudyRun } from './process-study.js';
export { segmentFrames } from './segment-frames.js';
export { selectDisplayUnits } from './select-display-units.js';
export { unitIdentity } from './unit-identity.js';
