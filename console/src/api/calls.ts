import { client } from './client.js';
import type {
  Backfill,
  BackfillMatch,
  BackfillQuery,
  ChangedWebhook,
  NewWebhook,
  operations,
  Priority,
} from './schema.js';

/** The query of an operation; what is undefined is left out. */
type Query<Operation extends keyof operations> = Loose<
  NonNullable<operations[Operation]['parameters']['query']>
>;
type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };
type Strict<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

const given = <T extends object>(query: T): Strict<T> =>
  Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined && value !== ''),
  ) as Strict<T>;

/** The body of an answer. A request that fails has thrown before. */
const data = async <T>(answer: Promise<{ data?: T }>): Promise<T> => (await answer).data as T;

/** The body of an answer with the ETag that a change of it must name. */
const tagged = async <T>(
  answer: Promise<{ data?: T; response: Response }>,
): Promise<{ data: T; etag: string }> => {
  const { data: body, response } = await answer;
  return { data: body as T, etag: response.headers.get('etag') ?? '' };
};

const until = (signal: AbortSignal | undefined) => (signal ? { signal } : {});
const byUid = (uid: string) => ({ params: { path: { uid } } });
const byId = (id: string) => ({ params: { path: { id } } });
const ifMatch = (etag: string) => ({ 'If-Match': etag });

/** Every call the console makes, by what it does. @throws ApiError each */
export const api = {
  session: () => data(client.GET('/session')),
  signIn: (token: string) => data(client.POST('/session', { body: { token } })),
  signOut: () => data(client.DELETE('/session')),

  studies: (query: Query<'listStudies'>, signal?: AbortSignal) =>
    data(client.GET('/studies', { params: { query: given(query) }, ...until(signal) })),
  describe: (uids: readonly string[], signal?: AbortSignal) =>
    data(
      client.GET('/study-descriptions', { params: { query: { uids: uids.join(',') } }, ...until(signal) }),
    ),
  study: (uid: string, signal?: AbortSignal) =>
    data(client.GET('/studies/{uid}', { ...byUid(uid), ...until(signal) })),
  preview: (uid: string, query: Query<'previewStudy'>) =>
    data(
      client.GET('/studies/{uid}/preview', {
        params: { path: { uid }, query: given(query) },
        parseAs: 'blob',
      }),
    ),
  reprocess: (uid: string, priority: Priority) =>
    data(client.POST('/studies/{uid}/reprocess', { ...byUid(uid), body: { priority } })),
  cancel: (uid: string) => data(client.POST('/studies/{uid}/cancel', { ...byUid(uid), body: {} })),

  quarantine: (query: Query<'listQuarantine'>, signal?: AbortSignal) =>
    data(client.GET('/quarantine', { params: { query: given(query) }, ...until(signal) })),
  replay: (uid: string) => data(client.POST('/quarantine/{uid}/replay', { ...byUid(uid), body: {} })),
  replayAll: () => data(client.POST('/quarantine/replay', { body: {} })),
  discard: (uid: string) => data(client.DELETE('/quarantine/{uid}', byUid(uid))),

  backfills: (signal?: AbortSignal) =>
    data(client.GET('/backfills', { params: { query: { limit: 10 } }, ...until(signal) })),
  matchBackfill: (query: BackfillQuery) =>
    data(client.POST('/backfills', { body: { query, dryRun: true } })) as Promise<BackfillMatch>,
  startBackfill: (query: BackfillQuery, perMinute: number, priority: Priority) =>
    data(client.POST('/backfills', { body: { query, perMinute, priority } })) as Promise<Backfill>,
  cancelBackfill: (id: string) => data(client.DELETE('/backfills/{id}', byId(id))),

  stats: (hours: number, signal?: AbortSignal) =>
    data(client.GET('/stats', { params: { query: { hours } }, ...until(signal) })),
  usage: (query: Query<'showUsage'>, signal?: AbortSignal) =>
    data(client.GET('/usage', { params: { query: given(query) }, ...until(signal) })),

  drift: (weeks: number, signal?: AbortSignal) =>
    data(client.GET('/drift', { params: { query: { weeks } }, ...until(signal) })),

  health: () => data(client.GET('/health')),
  queue: (signal?: AbortSignal) => data(client.GET('/queue', until(signal))),
  pauseQueue: () => data(client.POST('/queue/pause')),
  resumeQueue: () => data(client.POST('/queue/resume')),
  workers: (signal?: AbortSignal) => data(client.GET('/workers', until(signal))),

  channels: () => data(client.GET('/channels')),
  models: (signal?: AbortSignal) => data(client.GET('/models', until(signal))),
  verifyModel: (id: string) => data(client.POST('/models/{id}/verify', byId(id))),
  activateModel: (id: string) => data(client.POST('/models/{id}/activate', byId(id))),
  rollBackModel: () => data(client.POST('/models/rollback')),
  shadow: (signal?: AbortSignal) => data(client.GET('/models/shadow', until(signal))),
  setShadow: (id: string | null) => data(client.PUT('/models/shadow', { body: { id } })),

  rules: (signal?: AbortSignal) => tagged(client.GET('/routing', until(signal))),
  rulesVersion: (version: number) =>
    data(client.GET('/routing/versions/{version}', { params: { path: { version } } })),
  rulesVersions: (signal?: AbortSignal) =>
    data(client.GET('/routing/versions', { params: { query: { limit: 20 } }, ...until(signal) })),
  checkRules: (rules: string) => data(client.POST('/routing/validate', { body: { rules } })),
  putRules: (rules: string, comment: string, etag: string) =>
    data(client.PUT('/routing', { params: { header: ifMatch(etag) }, body: { rules, comment } })),
  explain: (studyInstanceUid: string, rules?: string) =>
    data(
      client.POST('/routing/explain', {
        body: { studyInstanceUid, ...(rules === undefined ? {} : { rules }) },
      }),
    ),

  doctor: (signal?: AbortSignal) => data(client.GET('/doctor', until(signal))),
  startSelfTest: () => data(client.POST('/doctor/self-test')),
  selfTest: (id: string, signal?: AbortSignal) =>
    data(client.GET('/doctor/self-test/{id}', { ...byId(id), ...until(signal) })),

  webhooks: (signal?: AbortSignal) => data(client.GET('/webhooks', until(signal))),
  webhook: (id: string) => tagged(client.GET('/webhooks/{id}', byId(id))),
  addWebhook: (webhook: NewWebhook) => data(client.POST('/webhooks', { body: webhook })),
  changeWebhook: (id: string, webhook: ChangedWebhook, etag: string) =>
    data(client.PUT('/webhooks/{id}', { params: { path: { id }, header: ifMatch(etag) }, body: webhook })),
  removeWebhook: (id: string) => data(client.DELETE('/webhooks/{id}', byId(id))),
  testWebhook: (id: string) => data(client.POST('/webhooks/{id}/test', byId(id))),
  deliveries: (id: string, signal?: AbortSignal) =>
    data(
      client.GET('/webhooks/{id}/deliveries', {
        params: { path: { id }, query: { limit: 20 } },
        ...until(signal),
      }),
    ),

  settings: (signal?: AbortSignal) => data(client.GET('/settings', until(signal))),
  audit: (query: Query<'listAudit'>, signal?: AbortSignal) =>
    data(client.GET('/audit', { params: { query: given(query) }, ...until(signal) })),
};

/** What a list of studies is asked for. */
export type StudyQuery = Query<'listStudies'>;

/** What a picture of a frame is made of. */
export type PreviewQuery = Query<'previewStudy'>;
