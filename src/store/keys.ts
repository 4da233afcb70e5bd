/** What is known of a kind of key. */
export interface KeyFacts {
  /** Behind `<prefix>:`; what stands in `<…>` varies, `*` is BullMQ's own. */
  readonly pattern: string;
  readonly type: 'string' | 'hash' | 'list' | 'set' | 'zset' | 'stream' | 'BullMQ';
  /** Which processes write it. */
  readonly writers: 'gateway' | 'worker' | 'both';
  readonly holds: string;
  /** What ends it, or bounds it. */
  readonly retention: string;
}

const OF_THE_STUDY = 'as the study: ledger.retentionDays, ledger.maxStudies';

/** Every key that this software has in Redis. A test holds it against `storeKeys`. */
export const KEY_TABLE: readonly KeyFacts[] = [
  // The ledger
  key('ledger:study:<uid>', 'hash', 'both', 'record of a study, values as JSON', OF_THE_STUDY),
  key('ledger:events:<uid>', 'list', 'both', "a study's timeline, JSON lines", `500 lines; ${OF_THE_STUDY}`),
  key('ledger:studies', 'zset', 'both', 'all studies by their last change (ms)', OF_THE_STUDY),
  key(
    'ledger:index:outcome:<outcome>',
    'zset',
    'both',
    'studies of an outcome by their last change',
    OF_THE_STUDY,
  ),
  key('ledger:index:state:<state>', 'zset', 'both', 'studies in a state by their last change', OF_THE_STUDY),
  key(
    'ledger:index:channel:<channel>',
    'zset',
    'both',
    'studies with a channel by their last change',
    OF_THE_STUDY,
  ),
  key('ledger:index:channels', 'set', 'both', 'channels that have studies', 'as long as one has'),
  key('ledger:index:quarantine', 'zset', 'both', 'failed studies that wait for a decision', 'until decided'),
  key(
    'ledger:index:superseded',
    'zset',
    'both',
    'studies with superseded results in the archive, by their last change',
    OF_THE_STUDY,
  ),
  key('ledger:index:arrived', 'zset', 'both', 'studies by the time of their first signal', OF_THE_STUDY),
  key('ledger:index:version', 'string', 'both', 'version of the sorted sets above', 'for ever'),
  key('ledger:schema', 'string', 'both', 'version that every record has been migrated to', 'for ever'),
  key(
    'ledger:forced',
    'hash',
    'both',
    'open requests for a forced run, by study',
    'until a run has served it',
  ),
  key('ledger:runs', 'zset', 'worker', 'correlation ids of finished runs by their end', '8 days'),
  key('ledger:run', 'hash', 'worker', 'finished runs by correlation id, JSON', '8 days'),
  key('ledger:usage:<day>', 'hash', 'worker', 'sums of a day (UTC)', '1100 days'),
  // Whether Redis can do what the queue needs
  key('ready:write', 'string', 'both', 'a write that was tried', '60 s'),
  key('ready:one', 'string', 'both', 'a script that was tried', '60 s'),
  key('ready:two', 'string', 'both', 'its second key', '60 s'),
  key('ready:wait', 'zset', 'both', 'nothing: it is waited for', 'never there'),
  // Arrival
  key(
    'intake:quiet',
    'zset',
    'gateway',
    'studies whose signals still arrive, by when they are due',
    'until queued',
  ),
  key('intake:rounds', 'hash', 'gateway', 'correlation ids of rounds of arrival, by study', 'until queued'),
  key('intake:cursor', 'string', 'gateway', "how far Orthanc's change feed was read", 'for ever'),
  key(
    'intake:seen',
    'hash',
    'gateway',
    "instances of studies when last reconciled, by study, of the sweep under way; a doctor's own is forgotten",
    'until the sweep ends',
  ),
  key('intake:seen-before', 'hash', 'gateway', 'the same of the sweep before', 'until the next sweep ends'),
  key(
    'intake:sweep',
    'string',
    'gateway',
    "rows of the archive's study list that the sweep has read",
    'one sweep',
  ),
  key('intake:reconcile-lock', 'string', 'gateway', 'which gateway makes a reconcile pass', '60 s'),
  key('intake:baseline', 'string', 'gateway', 'when the last sweep of all studies ended', 'for ever'),
  key('intake:baseline-recent', 'string', 'gateway', 'when recent studies were last reconciled', 'for ever'),
  key(
    'intake:refused',
    'zset',
    'gateway',
    'what stands for the UID of studies that have none, by last signal',
    '1,000 of 30 days',
  ),
  key('intake:refused-first', 'hash', 'gateway', 'the first signal of each of these', 'the same'),
  // Queues
  key('studies:*', 'BullMQ', 'both', 'the queue of studies', 'done 7 days, failed 30 days, 10,000 each'),
  key('requests:*', 'BullMQ', 'both', 'questions to workers', '5 minutes, 200'),
  key('webhooks:*', 'BullMQ', 'gateway', 'the queue of deliveries', '7 days, 5000'),
  key('follow-up:<job>', 'string', 'both', 'priority requested for the run after a running one', '7 days'),
  // Workers and models
  key('workers', 'zset', 'worker', 'workers by when they were last seen', '1 hour'),
  key('workers:<id>', 'hash', 'worker', 'a worker as it describes itself, values as JSON', '1 hour'),
  key(
    'request-workers',
    'zset',
    'worker',
    'workers that answer requests, by when they were last seen',
    '20 s',
  ),
  key('models:stack', 'list', 'gateway', 'activations, newest first', '50'),
  key('models:history', 'list', 'gateway', 'activations and roll-backs, newest first', '200'),
  key('models:problems', 'hash', 'worker', 'workers that cannot use the active model', '1 day'),
  key('models:shadow', 'hash', 'gateway', 'the shadow model', 'until ended'),
  key('models:agreement', 'hash', 'worker', 'sums of its comparison', 'until the comparison begins anew'),
  key('models:verified', 'hash', 'gateway', 'last verification by model id', 'one a model'),
  key('routing:newest', 'string', 'gateway', 'number of the newest version of the routing rules', 'for ever'),
  key('routing:versions', 'hash', 'gateway', 'versions of the routing rules, JSON by number', 'for ever'),
  // What is told
  key('events', 'stream', 'both', 'changes of studies, and alerts', 'events.keep'),
  key('webhooks:known', 'hash', 'gateway', 'webhooks, JSON by id', '20'),
  key('webhooks:cursor', 'string', 'gateway', 'id of the last event that webhooks were told of', 'for ever'),
  key(
    'webhooks:order:<webhook>',
    'zset',
    'gateway',
    'deliveries of a webhook by time',
    '100; as the webhook',
  ),
  key(
    'webhooks:deliveries:<webhook>',
    'hash',
    'gateway',
    'deliveries of a webhook, JSON by id',
    '100; as the webhook',
  ),
  key('feed:hours', 'hash', 'gateway', 'new studies by hour since 1970', '29 days'),
  key('feed:since', 'string', 'gateway', 'hour in which counting began', 'for ever'),
  key('feed:silent', 'string', 'gateway', 'hour in which the alert was raised', 'until a study comes'),
  key('drift:week:<week>', 'hash', 'worker', 'sums of a week by device and channel', '54 weeks, 200 devices'),
  key('drift:devices:<week>', 'set', 'worker', 'devices that the week names', '54 weeks, 200 devices'),
  key(
    'drift:found',
    'string',
    'gateway',
    'devices whose results have drifted, JSON',
    'until they no longer do',
  ),
  // Administration
  key('audit', 'stream', 'gateway', 'what administrators changed', 'audit.keep'),
  key('audit:accesses', 'stream', 'both', 'who read, searched and stored', 'audit.keepAccesses'),
  key('audit:delivery', 'hash', 'both', 'how sending to the audit receiver goes, by process, JSON', '7 days'),
  key('pseudonym-key', 'string', 'both', 'key of the pseudonyms in logs', 'for ever'),
  key('api-keys', 'set', 'gateway', 'ids of the API keys', '1000'),
  key('api-keys:<id>', 'hash', 'gateway', 'an API key, its secret as a hash', '1 year after its end'),
  key('session:<digest>', 'string', 'gateway', 'a session', '12 hours'),
  key('sign-in:<digest>', 'string', 'gateway', 'tries to sign in from an address', '1 minute'),
  key('once:<digest>', 'string', 'gateway', 'answer to a request with an Idempotency-Key', '24 hours'),
  key('backfills:all', 'zset', 'gateway', 'backfills by their begin', '60 days'),
  key('backfills:running', 'set', 'gateway', 'backfills that go on', 'until they end'),
  key('backfills:one:<id>', 'hash', 'gateway', 'a backfill', '30 days after its end'),
  key(
    'backfills:remaining:<id>',
    'list',
    'gateway',
    'studies that a backfill still has to queue',
    'until it ends',
  ),
  key('backfills:taken:<id>', 'zset', 'gateway', 'studies that a gateway is queueing', 'until it ends'),
  key('doctor:self-test-lock', 'string', 'gateway', 'the self-test that runs', '1 minute, renewed'),
  key('doctor:self-tests-open', 'set', 'gateway', 'self-tests that have not ended', 'until they end'),
  key('doctor:self-test:<id>', 'string', 'gateway', 'a self-test, JSON', '7 days'),
];

function key(
  pattern: string,
  type: KeyFacts['type'],
  writers: KeyFacts['writers'],
  holds: string,
  retention: string,
): KeyFacts {
  return { pattern, type, writers, holds, retention };
}

/**
 * The names of all keys; nobody else makes one. BullMQ makes those of its queues from the same prefix.
 * @param prefix of everything that this installation has in Redis (`redis.prefix`)
 */
export function storeKeys(prefix: string) {
  const at = (name: string) => `${prefix}:${name}`;
  return {
    prefix,
    ready: { write: at('ready:write'), one: at('ready:one'), two: at('ready:two'), wait: at('ready:wait') },
    ledger: {
      study: (uid: string) => at(`ledger:study:${uid}`),
      events: (uid: string) => at(`ledger:events:${uid}`),
      studies: at('ledger:studies'),
      outcome: (outcome: string) => at(`ledger:index:outcome:${outcome}`),
      state: (state: string) => at(`ledger:index:state:${state}`),
      channel: (channel: string) => at(`ledger:index:channel:${channel}`),
      channels: at('ledger:index:channels'),
      quarantine: at('ledger:index:quarantine'),
      superseded: at('ledger:index:superseded'),
      arrived: at('ledger:index:arrived'),
      indexVersion: at('ledger:index:version'),
      schema: at('ledger:schema'),
      forced: at('ledger:forced'),
      runs: at('ledger:runs'),
      run: at('ledger:run'),
      usage: (day: string) => at(`ledger:usage:${day}`),
    },
    intake: {
      quiet: at('intake:quiet'),
      rounds: at('intake:rounds'),
      cursor: at('intake:cursor'),
      seen: at('intake:seen'),
      seenBefore: at('intake:seen-before'),
      sweep: at('intake:sweep'),
      reconcileLock: at('intake:reconcile-lock'),
      baseline: at('intake:baseline'),
      recentBaseline: at('intake:baseline-recent'),
      refused: at('intake:refused'),
      refusedFirst: at('intake:refused-first'),
    },
    queue: { requestedPriority: (job: string) => at(`follow-up:${job}`) },
    workers: {
      all: at('workers'),
      one: (id: string) => at(`workers:${id}`),
      answering: at('request-workers'),
    },
    models: {
      stack: at('models:stack'),
      history: at('models:history'),
      problems: at('models:problems'),
      shadow: at('models:shadow'),
      agreement: at('models:agreement'),
      verified: at('models:verified'),
    },
    routing: { newest: at('routing:newest'), versions: at('routing:versions') },
    events: at('events'),
    webhooks: {
      known: at('webhooks:known'),
      cursor: at('webhooks:cursor'),
      order: (webhook: string) => at(`webhooks:order:${webhook}`),
      deliveries: (webhook: string) => at(`webhooks:deliveries:${webhook}`),
    },
    feed: { hours: at('feed:hours'), since: at('feed:since'), silent: at('feed:silent') },
    drift: {
      week: (week: string) => at(`drift:week:${week}`),
      devices: (week: string) => at(`drift:devices:${week}`),
      found: at('drift:found'),
    },
    audit: { changes: at('audit'), accesses: at('audit:accesses'), delivery: at('audit:delivery') },
    pseudonymKey: at('pseudonym-key'),
    apiKeys: { all: at('api-keys'), one: (id: string) => at(`api-keys:${id}`) },
    session: (digest: string) => at(`session:${digest}`),
    signIn: (digest: string) => at(`sign-in:${digest}`),
    once: (digest: string) => at(`once:${digest}`),
    backfills: {
      all: at('backfills:all'),
      running: at('backfills:running'),
      one: (id: string) => at(`backfills:one:${id}`),
      remaining: (id: string) => at(`backfills:remaining:${id}`),
      taken: (id: string) => at(`backfills:taken:${id}`),
    },
    selfTests: {
      lock: at('doctor:self-test-lock'),
      open: at('doctor:self-tests-open'),
      one: (id: string) => at(`doctor:self-test:${id}`),
    },
  };
}

export type StoreKeys = ReturnType<typeof storeKeys>;
