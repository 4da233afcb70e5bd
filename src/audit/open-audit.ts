import { hostname } from 'node:os';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Settings } from '../config/index.js';
import { openTlsFiles } from '../net/index.js';
import { type AuditEntry, NOBODY, type Store } from '../store/index.js';
import { type AuditEvent, type OfRequest, outcomeOf } from './event.js';
import { auditMessage, type AuditSource, isOfRequest } from './message.js';
import { openSyslogSender, receiverAddress, type SyslogSender } from './syslog-sender.js';
import { syslogMessage } from './syslog-message.js';

/** Lines on their way to Redis at a time; more are dropped and counted. */
const MAX_LINES_UNDER_WAY = 1000;
/** Who did what lately is remembered of so many. */
const MAX_REMEMBERED = 20_000;
const TELL_MS = 5000;
const CLOSE_MS = 2000;
/** A machine that sends one wrong credential again and again is told of this often. */
const REFUSAL_REPEAT_SECONDS = 10;

/** What is counted: for metrics. */
export interface AuditCounts {
  /** Messages for the syslog receiver. */
  readonly sent: number;
  readonly waiting: number;
  readonly dropped: number;
  /** Lines that the audit log in Redis did not take. */
  readonly linesLost: number;
}

/** Tells of what PS3.15 §A.5 wants to be told of. */
export interface Audit {
  /** Returns at once, whatever becomes of the receiver and of Redis; never throws. */
  note(event: AuditEvent): void;
  counts(): AuditCounts;
  /** Tells that the process stops, and waits two seconds at most for the receiver. */
  close(): Promise<void>;
}

/** The part of the events that goes to the log of accesses; changes of administrators are kept by the endpoints. */
const IN_ACCESS_LOG: ReadonlySet<AuditEvent['type']> = new Set([
  'DICOM Instances Accessed',
  'DICOM Instances Transferred',
  'Query',
  'Audit Log Used',
]);

/**
 * Opens the audit of a process: events go to the syslog receiver of the settings, where there is one, and accesses and
 * refusals to the audit log in Redis. The same access by the same caller from the same address is told of once in
 * `audit.repeatSeconds`: a viewer asks for each frame of a study.
 * @param parts.process `gateway`, `worker` or `cli`. What a worker does is in the ledger and not in the log of accesses
 */
export function openAudit(parts: {
  settings: Pick<Settings, 'audit'>;
  process: string;
  store: Pick<Store, 'audit'>;
  log: Pick<Logger, 'warn'>;
}): Audit {
  const { settings, store, log } = parts;
  const { syslogUrl, sourceId, siteId, bufferMessages, repeatSeconds, ...files } = settings.audit;
  const host = hostname();
  const source: AuditSource = {
    process: parts.process,
    pid: process.pid,
    hostname: host,
    sourceId: sourceId || host,
    siteId,
  };
  const sender: SyslogSender | undefined =
    syslogUrl === ''
      ? undefined
      : openSyslogSender(receiverAddress(syslogUrl), {
          tls: openTlsFiles(files, 'audit'),
          max: bufferMessages,
        });
  const lately = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: 1000, ttlResolution: 0 });
  let underWay = 0;
  let linesLost = 0;
  let toldDropped = 0;

  function send(event: AuditEvent): void {
    if (!sender) return;
    const at = new Date();
    const message = auditMessage(event, source, at);
    sender.send(
      syslogMessage({ isSuccess: outcomeOf(event) === 0, at, hostname: host, pid: process.pid, message }),
    );
  }

  function keep(event: AuditEvent & OfRequest): void {
    if (underWay >= MAX_LINES_UNDER_WAY) return void (linesLost += 1);
    underWay += 1;
    store.audit
      .addAccess(lineOf(event))
      .catch(() => (linesLost += 1))
      .finally(() => (underWay -= 1));
  }

  /** After messages were dropped, the receiver is told so as soon as it takes messages again. */
  function tellOfGap(): void {
    const { dropped, waiting, problem } = sender!.state();
    if (dropped === toldDropped || problem !== '' || waiting * 2 > bufferMessages) return;
    const count = dropped - toldDropped;
    toldDropped = dropped;
    send({
      type: 'Security Alert',
      alert: 'Audit Recording Started',
      actor: { name: `esp-medsam ${parts.process}`, roles: [], address: host },
      subject: '/audit',
      description: `${count} audit messages before this one were not sent`,
      operation: 'sendAudit',
      status: 200,
      requestId: '',
    });
  }

  let toldState = '';
  let wasAway = false;
  async function tellState(): Promise<void> {
    if (!sender) return;
    tellOfGap();
    const { waiting, dropped, problem } = sender.state();
    if (problem !== '' && !wasAway) log.warn({ problem, waiting }, 'audit receiver cannot be reached');
    wasAway = problem !== '';
    const state = JSON.stringify({ waiting, dropped, problem });
    if (state === toldState) return;
    toldState = state;
    await store.audit
      .tellDelivery(`${host} ${parts.process}`, { waiting, dropped, problem })
      .catch(() => (toldState = ''));
  }
  const timer = setInterval(() => void tellState(), TELL_MS);
  timer.unref();

  const audit: Audit = {
    note(event) {
      if (isRepeat(event, lately, repeatSeconds)) return;
      send(event);
      if (parts.process !== 'gateway' || !isOfRequest(event)) return;
      if (IN_ACCESS_LOG.has(event.type) || isRefusal(event)) keep(event);
    },
    counts: () => ({ linesLost, ...(sender?.state() ?? { sent: 0, waiting: 0, dropped: 0 }) }),
    async close() {
      clearInterval(timer);
      audit.note({ type: 'Application Stop' });
      await sender?.close(CLOSE_MS);
    },
  };
  audit.note({ type: 'Application Start' });
  return audit;
}

/** Of somebody who is known: strangers must not be able to fill the log. */
const isRefusal = (event: AuditEvent & OfRequest) =>
  event.status >= 400 && event.type === 'Security Alert' && event.actor.name !== NOBODY.name;

const isDeletion = (event: AuditEvent) => event.type === 'DICOM Instances Accessed' && event.action === 'D';

/** Events that come with every request of a caller who goes on with the same. */
function isRepeat(event: AuditEvent, lately: LRUCache<string, true>, repeatSeconds: number): boolean {
  if (!isOfRequest(event) || event.type === 'Logout' || isDeletion(event)) return false;
  const isAccess = event.type !== 'Login' && event.type !== 'Security Alert';
  if (!isAccess && event.status < 400) return false;
  const seconds = isAccess ? repeatSeconds : Math.min(repeatSeconds, REFUSAL_REPEAT_SECONDS);
  if (seconds === 0) return false;
  const what =
    'study' in event ? event.study : 'query' in event ? event.query : 'subject' in event ? event.subject : '';
  const { actor, operation } = event;
  const key = [event.type, actor.name, actor.address, operation, what, outcomeOf(event)].join('\0');
  if (lately.has(key)) return true;
  lately.set(key, true, { ttl: seconds * 1000 });
  return false;
}

function lineOf(event: AuditEvent & OfRequest): AuditEntry {
  const { actor, status, operation, requestId } = event;
  const target: Record<string, string> =
    'study' in event
      ? { uid: event.study }
      : 'query' in event
        ? { query: event.query }
        : 'subject' in event
          ? { subject: event.subject, reason: event.description }
          : {};
  return {
    actor: actor.name,
    role: actor.roles.join('+'),
    address: actor.address,
    event: event.type,
    operation,
    target,
    status,
    requestId,
  };
}
