/** BullMQ's queue of studies and the Redis connections. */
export { connectRedis, redisReady, type RedisRole } from './redis.js';
export { asQueueError } from './redis-errors.js';
export { parseStudyJob, type StudyJob } from './study-job.js';
export { openStudyQueue, STUDY_QUEUE, type StudyQueue } from './study-queue.js';
