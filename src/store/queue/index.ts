/** BullMQ's queue of studies and the Redis connections. */
export { connectRedis, redisReady, type RedisRole } from '../redis/connect.js';
export { asQueueError } from '../redis/errors.js';
export { parseStudyJob, type StudyJob } from './study-job.js';
export {
  openStudyQueue,
  STUDY_QUEUE,
  type EnqueueOptions,
  type QueuedStudy,
  type StudyQueue,
} from './study-queue.js';
export { PRIORITIES, type Priority } from './priority.js';
export { isOffPeak, untilOffPeak } from './off-peak.js';
export { deferToOffPeak } from './defer-to-off-peak.js';
export {
  forgetWorker,
  knownWorkers,
  noteWorker,
  type KnownWorker,
  type WorkerRecord,
} from '../workers/worker-registry.js';
