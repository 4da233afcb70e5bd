/** The way of a study: start reading at process-study.ts. */
export { openEngine, type EngineClient, type EngineWatch } from '../model/process/engine-client.js';
export { openModelSwitch, openSlotEngine, type ModelSwitch, type SlotEngine } from './slots/model-switch.js';
export { slotPreparation } from './slots/prepare-slot.js';
export { startRequestWorker } from './requests/request-worker.js';
export { openRoutingInForce, type RoutingInForce } from '../routing/routing-in-force.js';
export { openShadow, type Shadow } from './shadow/shadow.js';
export type { StudyContext } from '../pipeline/context.js';
export { processStudy, type StudyRun } from '../pipeline/process-study.js';
export { startStudyWorker, type StudyWorker } from './study-worker.js';
export { startHeartbeat, type Heartbeat } from './heartbeat.js';
