/** Everything kept in Redis: the only room that knows key names and sends commands. */
export { type AuditEntry, NOBODY, openAuditLog } from './audit/audit-log.js';
export { type BackfillStore, openBackfillStore } from './backfills/backfill-store.js';
export { backfillSchema } from './backfills/backfill.js';
export {
  EVENT_DATA,
  EVENT_ID,
  type EventStream,
  isAfter,
  type KeptEvent,
  openEventStream,
  type StudyChange,
} from './events/event-stream.js';
export { openOnce } from './idempotency/idempotency.js';
export { type Ledger, openLedger } from './ledger/ledger.js';
export { dayOf, type DayUsage, type FinishedRun, RUNS_KEPT_DAYS } from './ledger/run-log.js';
export { STUDY_STATES, type StudyEvent, type StudyRecord } from './ledger/study-record.js';
export { summarize } from './ledger/study-summary.js';
export { warnOfUnreadable } from './ledger/unreadable.js';
export { type ActiveModel, openActiveModel } from './models/active-model.js';
export {
  type Agreement,
  type Comparison,
  openShadowModel,
  type ShadowModel,
  type ShadowState,
} from './models/shadow-model.js';
export {
  openVerifications,
  type Verification,
  type Verifications,
  verificationSchema,
} from './models/verification.js';
export { deferToOffPeak } from './queue/defer-to-off-peak.js';
export { isOffPeak } from './queue/off-peak.js';
export { PRIORITIES, type Priority, priorityNumber } from './queue/priority.js';
export { parseStudyJob } from './queue/study-job.js';
export { openStudyQueue, STUDY_QUEUE, type StudyQueue } from './queue/study-queue.js';
export { connectRedis, redisReady } from './redis/connect.js';
export { asQueueError } from './redis/errors.js';
export { openWorkerAsker, type WorkerAsker } from './requests/ask-worker.js';
export { openRequestPresence } from './requests/presence.js';
export {
  REQUEST_QUEUE,
  type WorkerAnswer,
  type WorkerRequest,
  workerRequestSchema,
} from './requests/protocol.js';
export { openRounds } from './rounds/rounds.js';
export { type Journal, openJournal } from './self-tests/self-test-journal.js';
export { type SelfTest, selfTestSchema, type SelfTestStep, type StepName } from './self-tests/self-test.js';
export { openSessionStore, SESSION_SECONDS, type SessionStore } from './sessions/session-store.js';
export { limitTries } from './sessions/sign-in-attempts.js';
export {
  DELIVERIES_KEPT,
  type DeliveryLog,
  deliverySchema,
  openDeliveryLog,
} from './webhooks/delivery-log.js';
export { deliveryJob, openWebhookQueue, WEBHOOK_QUEUE, type WebhookQueue } from './webhooks/webhook-queue.js';
export {
  openWebhookStore,
  type Webhook,
  WEBHOOK_EVENTS,
  type WebhookEvent,
  type WebhookStore,
} from './webhooks/webhook-store.js';
export {
  forgetWorker,
  type KnownWorker,
  knownWorkers,
  noteWorker,
  type WorkerRecord,
} from './workers/worker-registry.js';
