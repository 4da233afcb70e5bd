/** The way of a study: start reading at process-study.ts. */
export { openEngine, type EngineClient, type EngineWatch } from './engine-client.js';
export { openModelSwitch, openSlotEngine, type ModelSwitch, type SlotEngine } from './model-switch.js';
export { slotPreparation } from './prepare-slot.js';
export { startRequestWorker } from './request-worker.js';
export { openRoutingInForce, type RoutingInForce } from './routing-in-force.js';
export { openShadow, type Shadow } from './shadow.js';
export type { StudyContext } from './context.js';
export { processStudy, type StudyRun } from './process-study.js';
export { startStudyWorker, type StudyWorker } from './study-worker.js';
export { startHeartbeat, type Heartbeat } from './heartbeat.js';
