import { call, type Answer } from './http.js';
import type {
  AuditLine,
  Backfill,
  BackfillQuery,
  ChannelInfo,
  Delivery,
  Check,
  Explanation,
  Models,
  Page,
  Priority,
  QuarantinedStudy,
  QueueState,
  Role,
  Rules,
  RulesCheck,
  RulesSummary,
  SelfTest,
  Session,
  Setting,
  Shadow,
  Stats,
  StudyDetail,
  StudyPage,
  StudySummary,
  UsageDay,
  Verification,
  Webhook,
  WebhookChange,
  Worker,
} from './types/index.js';

const data = <T>(answer: Promise<Answer<T>>): Promise<T> => answer.then((got) => got.data);
const get = <T>(
  path: string,
  signal?: AbortSignal,
  query?: Readonly<Record<string, string | number | undefined>>,
) => data(call<T>('GET', path, { ...(signal ? { signal } : {}), ...(query ? { query } : {}) }));
const post = <T>(path: string, body?: unknown) =>
  data(call<T>('POST', path, body === undefined ? {} : { body }));
const at = (uid: string) => encodeURIComponent(uid);

/** What a list of studies can be narrowed by. */
export interface StudyFilter {
  readonly outcome?: string;
  readonly state?: string;
  readonly channel?: string;
  readonly from?: string;
  readonly to?: string;
  readonly minScore?: string;
  readonly maxScore?: string;
}

/** Every call the console makes, by what it does. */
export const api = {
  session: () => get<Session>('/session'),
  signIn: (token: string) => post<{ role: Role; name: string }>('/session', { token }),
  signOut: () => data(call<void>('DELETE', '/session')),

  studies: (filter: StudyFilter & { limit: number; cursor?: string | undefined }, signal?: AbortSignal) =>
    get<StudyPage<StudySummary>>('/studies', signal, { ...filter }),
  study: (uid: string, signal?: AbortSignal) => get<StudyDetail>(`/studies/${at(uid)}`, signal),
  reprocess: (uid: string, priority: Priority) =>
    post<{ correlationId: string }>(`/studies/${at(uid)}/reprocess`, { priority }),
  cancel: (uid: string) => post<{ cancelled: string }>(`/studies/${at(uid)}/cancel`, {}),

  quarantine: (query: { limit: number; cursor?: string | undefined }, signal?: AbortSignal) =>
    get<StudyPage<QuarantinedStudy>>('/quarantine', signal, query),
  replay: (uid: string) => post(`/quarantine/${at(uid)}/replay`, {}),
  replayAll: () => post<{ matched: number; backfill: string }>('/quarantine/replay', {}),

  backfills: (signal?: AbortSignal) => get<Page<Backfill>>('/backfills', signal, { limit: 10 }),
  matchBackfill: (query: BackfillQuery) =>
    post<{ matched: number; sample: readonly string[] }>('/backfills', { query, dryRun: true }),
  startBackfill: (query: BackfillQuery, perMinute: number, priority: Priority) =>
    post<Backfill>('/backfills', { query, perMinute, priority }),
  cancelBackfill: (id: string) => data(call<Backfill>('DELETE', `/backfills/${at(id)}`)),

  discard: (uid: string) => data(call<void>('DELETE', `/quarantine/${at(uid)}`)),

  stats: (hours: number, signal?: AbortSignal) => get<Stats>('/stats', signal, { hours }),
  usage: (query: { from?: string; to?: string }, signal?: AbortSignal) =>
    get<Page<UsageDay>>('/usage', signal, query),

  queue: (signal?: AbortSignal) => get<QueueState>('/queue', signal),
  pauseQueue: () => post('/queue/pause'),
  resumeQueue: () => post('/queue/resume'),
  workers: (signal?: AbortSignal) => get<Page<Worker>>('/workers', signal),

  channels: () => get<{ readonly items: readonly ChannelInfo[] }>('/channels'),
  models: (signal?: AbortSignal) => get<Models>('/models', signal),
  verifyModel: (id: string) => post<Verification>(`/models/${at(id)}/verify`),
  activateModel: (id: string) => post(`/models/${at(id)}/activate`),
  rollBackModel: () => post<{ id: string }>('/models/rollback'),
  shadow: (signal?: AbortSignal) => get<Shadow>('/models/shadow', signal),
  setShadow: (id: string | null) => data(call<Shadow>('PUT', '/models/shadow', { body: { id } })),

  rules: (signal?: AbortSignal) => call<Rules>('GET', '/routing', signal ? { signal } : {}),
  rulesVersion: (version: number) => get<Rules>(`/routing/versions/${version}`),
  rulesVersions: (signal?: AbortSignal) =>
    get<Page<RulesSummary>>('/routing/versions', signal, { limit: 20 }),
  checkRules: (rules: string) => post<RulesCheck>('/routing/validate', { rules }),
  putRules: (rules: string, comment: string, ifMatch: string) =>
    call<Rules>('PUT', '/routing', { body: { rules, comment }, ifMatch }),
  explain: (studyInstanceUid: string, rules?: string) =>
    post<Explanation>('/routing/explain', { studyInstanceUid, ...(rules === undefined ? {} : { rules }) }),

  audit: (
    query: {
      from?: string;
      to?: string;
      actor?: string;
      operation?: string;
      limit: number;
      cursor?: string | undefined;
    },
    signal?: AbortSignal,
  ) => get<Page<AuditLine>>('/audit', signal, query),

  settings: (signal?: AbortSignal) =>
    get<{ settings: Readonly<Record<string, Readonly<Record<string, Setting>>>> }>('/settings', signal),
  doctor: (signal?: AbortSignal) =>
    get<{ ok: boolean; at?: string; checks: readonly Check[] }>('/doctor', signal),
  startSelfTest: () => post<{ id: string }>('/doctor/self-test'),
  webhooks: (signal?: AbortSignal) => get<Page<Webhook>>('/webhooks', signal),
  webhook: (id: string) => call<Webhook>('GET', `/webhooks/${at(id)}`),
  addWebhook: (webhook: WebhookChange) => post<Webhook>('/webhooks', webhook),
  changeWebhook: (id: string, webhook: WebhookChange, ifMatch: string) =>
    data(call<Webhook>('PUT', `/webhooks/${at(id)}`, { body: webhook, ifMatch })),
  removeWebhook: (id: string) => data(call<void>('DELETE', `/webhooks/${at(id)}`)),
  testWebhook: (id: string) => post<{ deliveryId: string }>(`/webhooks/${at(id)}/test`),
  deliveries: (id: string, signal?: AbortSignal) =>
    get<Page<Delivery>>(`/webhooks/${at(id)}/deliveries`, signal, { limit: 20 }),

  selfTest: (id: string, signal?: AbortSignal) => get<SelfTest>(`/doctor/self-test/${at(id)}`, signal),
};
