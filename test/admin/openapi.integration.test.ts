import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { fetch } from 'undici';
import { parse, stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Uid } from '../../src/core/index.js';
import { connectStore, type Ledger, type Store } from '../../src/store/index.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { loadSettings } from '../../src/config/index.js';
import { answerChecker, type Answer } from '../support/openapi/check-answer.js';
import { placesOf, type Document, type Place } from '../support/openapi/document.js';
import type { Known } from '../support/openapi/from-schema.js';
import { allowed, calls, type Call } from '../support/openapi/requests.js';
import { PROJECT_ROOT, startStack, type Stack } from '../support/stack.js';
import { startTestGateway, TOKENS, type TestGateway, type TokenRole } from '../support/test-gateway.js';

const SEED = 20_261_124;
const CALLS_EACH = 40;
/** On a slow machine fewer calls are made, but never fewer than these, and one that succeeds. */
const CALLS_AT_LEAST = 6;
const BUDGET_MS = 60_000;
const ANSWER_MS = 30_000;
const ROLES: readonly TokenRole[] = ['viewer', 'operator', 'admin'];
const SCOPES: readonly string[] = ['admin:read', 'admin:operate', 'admin:*'];

/** Credentials that are of our form and nobody's. */
const strangers = {
  'a wrong token': 'a-wrong-token-of-the-tests',
  'an unknown API key': `esp_${'a'.repeat(12)}_${'A'.repeat(43)}`,
  'a revoked API key': '',
  'a forged access token': `${['{"alg":"none"}', '{"sub":"x"}'].map((part) => Buffer.from(part).toString('base64url')).join('.')}.`,
};
type Stranger = keyof typeof strangers;
const STRANGERS = Object.keys(strangers) as Stranger[];

let stack: Stack;
let gateway: TestGateway;
let document: Document;
let places: Place[];
let check: ReturnType<typeof answerChecker>;
let store: Store;
let ledger: Ledger;
/** Values that exist. */
const known: Record<string, unknown[]> = {
  uid: [],
  version: [0],
  token: Object.values(TOKENS),
  role: ['viewer', 'modality'],
  // A target on this machine, which the gateway is allowed to call; nothing listens there.
  url: ['http://127.0.0.1:9/hook'],
  // The first that the pattern allows: Redis takes no end before it.
  cursor: ['0-0'],
  rules: [
    stringify((parse(readFileSync(`${PROJECT_ROOT}/config/modalities.yaml`, 'utf8')) as Rules).routing),
  ],
};
/** What calls have created or shown, of each collection: an id of another kind would only be one that is unknown. */
const seen = new Map<string, { ids: string[]; etags: string[] }>();
interface Rules {
  readonly routing: unknown;
}

/** What need not succeed here, and why; each has tests of its own. */
const MAY_FAIL: Readonly<Record<string, string>> = {
  verifyModel: 'needs a worker',
  activateModel: 'needs a worker',
  rollBackModel: 'needs a model that was active before',
  explainStudy: 'needs a worker',
  previewStudy: 'needs a worker to have segmented the study',
  cancelBackfill: 'a backfill of three studies ends at once',
  beginOidcSignIn: 'needs an issuer',
  finishOidcSignIn: 'needs an issuer',
  changeWebhook: 'wants the ETag of the very webhook',
};

beforeAll(async () => {
  stack = await startStack();
  await seed();
  gateway = await startTestGateway({
    ESP_REDIS_URL: stack.redisUrl,
    ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.dicomwebUrl,
    ESP_ARCHIVE_ORTHANC_URL: stack.orthanc.orthancUrl,
    ESP_WEBHOOKS_NETWORKS: '127.0.0.1',
  });
  const made = await gateway.as('admin', 'post', '/api-keys').send({ name: 'revoked', role: 'admin' });
  const { key, secret } = made.body as { key: { id: string }; secret: string };
  await gateway.as('admin', 'delete', `/api-keys/${key.id}`);
  strangers['a revoked API key'] = secret;
  document = (await gateway.as('viewer', 'get', '/openapi.json')).body as Document;
  places = placesOf(document);
  check = answerChecker(document);
});
afterAll(async () => {
  await gateway?.close();
  await store?.close();
  await stack?.close();
});

/** Studies in the archive and the ledger: one that was segmented, one that failed, one that waits. */
async function seed(): Promise<void> {
  const settings = loadSettings(PROJECT_ROOT, { ESP_REDIS_URL: stack.redisUrl });
  store = connectStore(settings, 'waiting');
  ledger = store.ledger;
  const { queue } = store;
  const phantoms = ['a', 'b', 'c'].map((salt) => phantomInstance({ kind: 'xray', salt: `openapi-${salt}` }));
  for (const { bytes } of phantoms) {
    const stored = await fetch(`${stack.orthanc.orthancUrl}/instances`, { method: 'POST', body: bytes });
    expect(stored.status).toBe(200);
    await stored.arrayBuffer();
  }
  const [done, failed, waiting] = phantoms.map(({ studyInstanceUid }) => studyInstanceUid);
  await ledger.update(done!, { state: 'done', outcome: 'empty', instances: 1, seconds: 2 });
  await fails(failed!);
  await ledger.update(waiting!, { state: 'queued' });
  await queue.enqueue(waiting!);
  known.uid!.push(done!, failed!, waiting!);
  known.studyInstanceUid = known.uid!;
  known.uids = [`${done!},${failed!}`];
}

async function fails(study: Uid): Promise<void> {
  await ledger.update(study, {
    state: 'done',
    outcome: 'failed',
    error: { code: 'PIXELS_INVALID', message: 'damaged', advice: 'send again' },
  });
}

/**
 * Gives an operation on one study in quarantine a study there that no backfill of an earlier call has in its list:
 * such a one takes studies out at its own time.
 */
async function prepare({ path, operation }: Place): Promise<void> {
  if (!path.startsWith('/quarantine/{uid}')) return;
  const { studyInstanceUid } = phantomInstance({ kind: 'xray', salt: `openapi-${operation.operationId}` });
  await fails(studyInstanceUid);
  known.uid!.push(studyInstanceUid);
}

/** `/webhooks/{id}/test` is of the collection `webhooks`. */
function seenOf({ path }: Place): { ids: string[]; etags: string[] } {
  const collection = path.split('/')[1]!;
  if (!seen.has(collection)) seen.set(collection, { ids: [], etags: [] });
  return seen.get(collection)!;
}

function knownTo(place: Place): Known {
  const { ids, etags } = seenOf(place);
  return { ...known, id: ids, 'If-Match': ['"0"', ...etags] };
}

async function send(
  place: Place,
  call: Call,
  role: TokenRole | Stranger | undefined,
  method = place.method,
): Promise<Answer> {
  const hangUp = new AbortController();
  const timer = setTimeout(() => hangUp.abort(), ANSWER_MS);
  try {
    const response = await fetch(`${gateway.base}/admin/v1${call.path}`, {
      method: method.toUpperCase(),
      headers: {
        ...printable(call.headers),
        ...(role === undefined ? {} : { authorization: `Bearer ${{ ...TOKENS, ...strangers }[role]}` }),
      },
      ...(call.body === undefined ? {} : { body: call.body }),
      redirect: 'manual',
      signal: hangUp.signal,
    });
    const contentType = response.headers.get('content-type') ?? '';
    const etag = response.headers.get('etag');
    // Weak ones are Express's own, of a body's bytes.
    const { etags } = seenOf(place);
    if (etag?.startsWith('"') && !etags.includes(etag)) etags.push(etag);
    // A stream of events has no end: that it has begun is its answer.
    if (contentType.startsWith('text/event-stream')) {
      hangUp.abort();
      return { status: response.status, contentType, body: '' };
    }
    return { status: response.status, contentType, body: await response.text() };
  } finally {
    clearTimeout(timer);
  }
}

const printable = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));

/** Identifiers in an answer become parameters of later calls. */
function remember(place: Place, answer: Answer): void {
  if (answer.status >= 300 || !answer.contentType.startsWith('application/json')) return;
  const { ids } = seenOf(place);
  const { id, items } = JSON.parse(answer.body) as { id?: unknown; items?: { id?: unknown }[] };
  for (const value of [id, ...(Array.isArray(items) ? items.map((item) => item?.id) : [])]) {
    if (typeof value === 'string' && !ids.includes(value)) ids.push(value);
  }
}

/** What is wrong with the answers to an operation's calls, each kind of fault once. */
async function faultsOf(
  place: Place,
  until: number,
): Promise<{ made: number; succeeded: boolean; faults: string[] }> {
  const faults = new Map<string, string>();
  const needed = SCOPES.indexOf(place.operation['x-required-scope'] ?? 'admin:read');
  const isOpen = place.operation.security?.length === 0;
  // Each operation begins with another caller: on a slow machine no more than one stranger may have its turn.
  const turn = places.indexOf(place);
  await prepare(place);
  const samples = fc.sample(calls(place, knownTo(place)), { seed: SEED, numRuns: CALLS_EACH });
  let made = 0;
  let succeeded = place.operation.operationId in MAY_FAIL;
  for (const call of samples) {
    if (made >= CALLS_AT_LEAST && succeeded && Date.now() > until) break;
    const others = [undefined, ...STRANGERS, 'viewer', 'operator'] as const;
    const role = made % 3 === 2 ? others[(made + turn) % others.length] : 'admin';
    const answer = await send(place, call, role).catch((error: Error) => error);
    made += 1;
    const where = `${place.method.toUpperCase()} ${call.path} as ${role ?? 'nobody'}`;
    const note = (fault: string) => faults.set(fault.slice(0, 60), `${where} ${call.body ?? ''}: ${fault}`);
    if (answer instanceof Error) {
      note(`no answer (${String(answer.cause ?? answer)})`);
      continue;
    }
    const fault = answer.status === 500 ? `status 500: ${answer.body}` : check(place, answer);
    if (fault !== undefined) note(fault);
    const isStranger = role !== undefined && role in strangers;
    const rank = ROLES.indexOf(role as TokenRole);
    const isAllowed = !isStranger && (isOpen || (role !== undefined && rank >= needed));
    // A path that cannot be decoded is refused before anybody is asked who calls.
    const refusals = [400, role === undefined || isStranger ? 401 : 403];
    if (!isAllowed && !refusals.includes(answer.status)) note(`status ${answer.status} without the role`);
    if (call.expect === 'refused' && isAllowed && !(answer.status >= 400 && answer.status < 500)) {
      note(`status ${answer.status} for a body with an unknown field`);
    }
    succeeded ||= answer.status < 300;
    if (isAllowed) remember(place, answer);
  }
  return { made, succeeded, faults: [...faults.values()] };
}

describe('every operation of /admin/v1/openapi.json', () => {
  it('answers as documented, whatever is sent and whoever sends it', { timeout: 300_000 }, async () => {
    const started = Date.now();
    const faults: string[] = [];
    let made = 0;
    const failing: string[] = [];
    // What lists tells what exists, what creates gives something to ask for, what removes comes last.
    const rank = ({ method, path }: Place) =>
      method === 'get' && !path.includes('{') ? 0 : ['post', 'get', 'put', 'delete'].indexOf(method) + 1;
    const order = [...places].sort((a, b) => rank(a) - rank(b));
    for (const [n, place] of order.entries()) {
      const result = await faultsOf(place, started + (BUDGET_MS * (n + 1)) / order.length);
      made += result.made;
      faults.push(...result.faults);
      if (!result.succeeded) failing.push(place.operation.operationId);
    }
    expect(faults).toEqual([]);
    // Else the test would only have seen how wrong requests are refused.
    expect(failing).toEqual([]);
    expect(made).toBeGreaterThanOrEqual(places.length * CALLS_AT_LEAST);
  });

  it('answers HEAD as GET, without a body', async () => {
    for (const place of places.filter(({ method }) => method === 'get')) {
      const [call] = fc.sample(allowed(place, knownTo(place)), { seed: SEED, numRuns: 1 });
      const get = await send(place, call!, 'admin');
      const head = await send(place, call!, 'admin', 'head');
      expect([place.path, head.status, head.body]).toEqual([place.path, get.status, '']);
    }
  });

  it('refuses a method that no operation of the path has', async () => {
    for (const path of Object.keys(document.paths)) {
      const place = places.find((candidate) => candidate.path === path)!;
      const [call] = fc.sample(allowed(place, knownTo(place)), { seed: SEED, numRuns: 1 });
      const answer = await send(place, { ...call!, body: undefined }, 'admin', 'patch');
      expect([path, answer.status]).toEqual([path, 405]);
      expect(JSON.parse(answer.body)).toMatchObject({ title: 'METHOD_NOT_ALLOWED', status: 405 });
    }
  });

  it('has an identifier of its own and a summary', () => {
    const ids = places.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9]*$/);
  });
});
