/** The BullMQ worker's life: slots, shadow model, requests of administrators. */
export { startHeartbeat } from './heartbeat.js';
export { startRequestWorker } from './requests/request-worker.js';
export { openShadow, type Shadow } from './shadow/shadow.js';
export { openLending } from './slots/lending.js';
export { type ModelSwitch, openModelSwitch, type SlotEngine } from './slots/model-switch.js';
export { slotPreparation } from './slots/prepare-slot.js';
export { startStudyWorker } from './study-worker.js';
