/** Everything kept in Redis: the only room that knows key names and sends commands. */
export { type AuditEntry, NOBODY } from './audit/audit-log.js';
export { type ApiKey, apiKeySchema, type ApiKeyStore } from './api-keys/api-key-store.js';
export type { BackfillStore } from './backfills/backfill-store.js';
export { backfillSchema } from './backfills/backfill.js';
export { DRIFT_MEASURES, type DriftFinding, driftFindingSchema } from './drift/drift-store.js';
export {
  addUp,
  DRIFT_RETENTION_WEEKS,
  type DriftRow,
  type DriftSums,
  lastWeeks,
} from './drift/drift-sums.js';
export { EVENT_DATA, EVENT_ID, type EventStream, isAfter, type KeptEvent } from './events/event-stream.js';
export type { IntakeProgress } from './intake/intake-progress.js';
export { type LedgerChange, channelsOf } from './ledger/ledger-change.js';
export type { Ledger } from './ledger/ledger.js';
export { matchesFilter, type StudyFilter } from './ledger/list-studies.js';
export { dayOf, type DayUsage, type FinishedRun, RUN_RETENTION_DAYS } from './ledger/run-log.js';
export { STUDY_STATES, type StudyEvent, type StudyRecord } from './ledger/study-record.js';
export { summarize } from './ledger/study-summary.js';
export type { ActiveModel } from './models/active-model.js';
export type { Agreement, Comparison, ShadowModel, ShadowState } from './models/shadow-model.js';
export { type Verification, type Verifications, verificationSchema } from './models/verification.js';
export { connectStore, type Store } from './open-store.js';
export { deferToOffPeak } from './queue/defer-to-off-peak.js';
export { guardWorker } from './queue/guard-worker.js';
export { isOffPeak } from './queue/off-peak.js';
export { PRIORITIES, type Priority } from './queue/priority.js';
export { parseStudyJob } from './queue/study-job.js';
export { STUDY_QUEUE, type StudyQueue } from './queue/study-queue.js';
export { pingRedis } from './redis/connect.js';
export { asQueueError } from './redis/errors.js';
export type { RedisServer } from './redis/server.js';
export type { WorkerAsker } from './requests/ask-worker.js';
export {
  REQUEST_QUEUE,
  type WorkerAnswer,
  type WorkerRequest,
  workerRequestSchema,
} from './requests/protocol.js';
export type { DueRound } from './rounds/rounds.js';
export type { Journal } from './self-tests/self-test-journal.js';
export { type SelfTest, selfTestSchema, type SelfTestStep, type StepName } from './self-tests/self-test.js';
export { SESSION_SECONDS, type SessionGrant } from './sessions/session-store.js';
export { MAX_DELIVERIES, deliverySchema } from './webhooks/delivery-log.js';
export { deliveryJob, WEBHOOK_QUEUE } from './webhooks/webhook-queue.js';
export { type Webhook, WEBHOOK_EVENTS, type WebhookEvent } from './webhooks/webhook-store.js';
export type { KnownWorker, WorkerRecord, WorkerRegistry } from './workers/worker-registry.js';
