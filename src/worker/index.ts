/** The way of a study: start reading at process-study.ts. */
export { openEngine, type EngineClient } from './engine-client.js';
export type { StudyContext } from './context.js';
export { processStudy, type StudyRun } from './process-study.js';
export { startStudyWorker, type StudyWorker } from './study-worker.js';
