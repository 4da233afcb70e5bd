import { randomBytes } from 'node:crypto';
import type { ConnectionOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Settings } from '../config/index.js';
import { type ApiKeyStore, openApiKeyStore } from './api-keys/api-key-store.js';
import { type AuditLog, openAuditLog } from './audit/audit-log.js';
import { type BackfillStore, openBackfillStore } from './backfills/backfill-store.js';
import { type DriftStore, openDriftStore } from './drift/drift-store.js';
import { type EventStream, openEventStream } from './events/event-stream.js';
import { type FeedCounts, openFeedCounts } from './feed/feed-counts.js';
import { openOnce, type RunOnce } from './idempotency/idempotency.js';
import { type IntakeProgress, openIntakeProgress } from './intake/intake-progress.js';
import { openRefusedStudies, type RefusedStudies } from './intake/refused-studies.js';
import { storeKeys } from './keys.js';
import { type Ledger, openLedger } from './ledger/ledger.js';
import { type ActiveModel, openActiveModel } from './models/active-model.js';
import { openShadowModel, type ShadowModel } from './models/shadow-model.js';
import { openVerifications, type Verifications } from './models/verification.js';
import { openBullQueues } from './queue/bull-queues.js';
import { openStudyQueue, STUDY_QUEUE, type StudyQueue } from './queue/study-queue.js';
import { connectRedis, type ConnectionRole } from './redis/connect.js';
import { dampErrors } from './redis/damp-errors.js';
import { openRedisServer, type RedisServer } from './redis/server.js';
import { openWorkerAsker, type WorkerAsker } from './requests/ask-worker.js';
import { openRequestPresence, type RequestPresence } from './requests/presence.js';
import { REQUEST_QUEUE } from './requests/protocol.js';
import { openRounds, type Rounds } from './rounds/rounds.js';
import { openRoutingTexts, type RoutingTexts } from './routing/routing-texts.js';
import { type Journal, openJournal } from './self-tests/self-test-journal.js';
import { openSessionStore, type SessionStore } from './sessions/session-store.js';
import { limitTries, type LimitTries } from './sessions/sign-in-attempts.js';
import { type DeliveryLog, openDeliveryLog } from './webhooks/delivery-log.js';
import { openSecretBox } from './webhooks/secret-box.js';
import { openWebhookCursor, type WebhookCursor } from './webhooks/webhook-cursor.js';
import { openWebhookQueue, WEBHOOK_QUEUE, type WebhookQueue } from './webhooks/webhook-queue.js';
import { openWebhookStore, type WebhookStore } from './webhooks/webhook-store.js';
import { openWorkerRegistry, type WorkerRegistry } from './workers/worker-registry.js';

/** Everything that is kept in Redis, by subject, on one connection. */
export interface Store {
  readonly server: RedisServer;
  readonly ledger: Ledger;
  readonly queue: StudyQueue;
  readonly rounds: Rounds;
  readonly intake: IntakeProgress;
  readonly refusedStudies: RefusedStudies;
  readonly feed: FeedCounts;
  readonly drift: DriftStore;
  readonly backfills: BackfillStore;
  readonly activeModel: ActiveModel;
  readonly shadowModel: ShadowModel;
  readonly verifications: Verifications;
  readonly routingTexts: RoutingTexts;
  readonly workers: WorkerRegistry;
  /** Which workers answer requests, and asking them. */
  readonly answering: RequestPresence;
  readonly workerAsker: WorkerAsker;
  readonly events: EventStream;
  readonly webhooks: WebhookStore;
  readonly deliveries: DeliveryLog;
  readonly webhookQueue: WebhookQueue;
  readonly webhookCursor: WebhookCursor;
  readonly audit: AuditLog;
  /** Key of the pseudonyms in logs, the same for all processes; made by the first that asks. */
  readonly pseudonymKey: () => Promise<string>;
  readonly apiKeys: ApiKeyStore;
  readonly sessions: SessionStore;
  readonly limitTries: LimitTries;
  readonly once: RunOnce;
  readonly selfTests: Journal;
  /** What a BullMQ worker is opened with; it opens a second connection of its own for waiting. */
  readonly worker: { readonly connection: ConnectionOptions; readonly prefix: string };
  /** The insides of the queues. */
  queues(): Queue[];
  /** Ends the connection; what is under way fails. */
  close(): Promise<void>;
}

export type StoreSettings = Pick<Settings, 'redis' | 'audit' | 'events' | 'queue' | 'webhooks' | 'worker'>;

/** What a store may be told about the process it is in. */
export interface StoreOptions {
  /** Is told what is changed by administrators, and what cannot be read or told. */
  readonly log?: Pick<Logger, 'info' | 'warn'>;
  /** Of the work under way; becomes part of a study's timeline. */
  readonly correlationId?: () => string | undefined;
  /** The clock by which off-peak hours are kept. */
  readonly now?: () => Date;
}

/**
 * Connects to Redis and opens what is kept there. Returns at once: see `server.ready`.
 * @param role what a command does while Redis is away
 */
export function connectStore(settings: StoreSettings, role: ConnectionRole, options?: StoreOptions): Store {
  const redis = connectRedis(settings.redis, role);
  if (options?.log) redis.on('error', dampErrors(options.log, 'no connection to Redis'));
  return openStore(redis, settings, options);
}

const SILENT = { info: () => undefined, warn: () => undefined };

/** Opens what is kept in Redis on a connection, which `close` ends. */
export function openStore(redis: Redis, settings: StoreSettings, options: StoreOptions = {}): Store {
  const { log = SILENT, correlationId = () => undefined, now = () => new Date() } = options;
  const keys = storeKeys(settings.redis.prefix);
  const queues = openBullQueues(redis, keys.prefix);
  const events = openEventStream(redis, keys.events, settings.events.keep);
  const deliveries = openDeliveryLog(redis, keys.webhooks);
  const answering = openRequestPresence(redis, keys.workers.answering);
  return {
    server: openRedisServer(redis, keys.ready),
    ledger: openLedger({
      redis,
      keys: keys.ledger,
      driftKeys: keys.drift,
      events,
      log,
      correlationId,
    }),
    queue: openStudyQueue({ redis, keys: keys.queue, open: () => queues.open(STUDY_QUEUE), settings, now }),
    rounds: openRounds(redis, keys.intake),
    intake: openIntakeProgress(redis, keys.intake),
    refusedStudies: openRefusedStudies(redis, keys.intake),
    feed: openFeedCounts(redis, keys.feed),
    drift: openDriftStore(redis, keys.drift),
    backfills: openBackfillStore(redis, keys.backfills),
    activeModel: openActiveModel(redis, keys.models),
    shadowModel: openShadowModel(redis, keys.models),
    verifications: openVerifications(redis, keys.models.verified),
    routingTexts: openRoutingTexts(redis, keys.routing),
    workers: openWorkerRegistry(redis, keys.workers),
    answering,
    workerAsker: openWorkerAsker(answering, () => queues.open(REQUEST_QUEUE)),
    events,
    webhooks: openWebhookStore(redis, keys.webhooks.known, openSecretBox(settings.webhooks.secretKey)),
    deliveries,
    webhookQueue: openWebhookQueue(() => queues.open(WEBHOOK_QUEUE), settings.webhooks, deliveries),
    webhookCursor: openWebhookCursor(redis, keys.webhooks.cursor),
    audit: openAuditLog({ redis, keys: keys.audit, keep: settings.audit, log }),
    async pseudonymKey() {
      const known = await redis.get(keys.pseudonymKey);
      if (known) return known;
      await redis.set(keys.pseudonymKey, randomBytes(32).toString('base64url'), 'NX');
      return (await redis.get(keys.pseudonymKey))!;
    },
    apiKeys: openApiKeyStore(redis, keys.apiKeys),
    sessions: openSessionStore(redis, keys.session),
    limitTries: limitTries(redis, keys.signIn),
    once: openOnce(redis, keys.once),
    selfTests: openJournal(redis, keys.selfTests),
    worker: { connection: redis, prefix: keys.prefix },
    queues: () => queues.all(),
    async close() {
      await queues.close();
      redis.disconnect();
    },
  };
}
