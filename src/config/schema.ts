import { isIP } from 'node:net';
import { z } from 'zod';
import { isLoopback, isUid, type Scope, SCOPES, type StudyRestriction } from '../core/index.js';

const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const seconds = z.coerce.number().positive();
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

const optionalUrl = z.union([z.literal(''), z.url({ protocol: /^https?$/ })]);
/** Files in PEM form. */
const tlsFiles = { caFile: z.string(), certFile: z.string(), keyFile: z.string() };

/** Headers that we set ourselves, or that say how a message ends. */
const OUR_HEADERS = /^(host|content-.*|transfer-encoding|connection|accept|expect|upgrade|te|trailer)$/i;
/** Header names and values; from the environment as JSON. */
const headerMap = z.preprocess(
  (value) => {
    if (value === '') return {};
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  },
  z
    .record(
      z.string().regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, { error: 'not the name of a header' }),
      z.string().regex(/^[\x20-\x7e]*$/, { error: 'printable ASCII characters only' }),
      { error: 'names and values of headers, as a map or as JSON' },
    )
    .refine((headers) => !Object.keys(headers).some((name) => OUR_HEADERS.test(name)), {
      error: 'a header that this software sets itself',
    }),
);

const clockTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d)?$/, { error: 'a time as "20:00", or empty' });

/** True for an IP address, also with the length of a network's prefix. */
function isNetwork(text: string): boolean {
  const [address, prefix, ...more] = text.split('/');
  const version = isIP(address ?? '');
  if (version === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

/** A list as YAML writes it, or words with commas between them, as the environment does. */
const words = z.union([
  z.array(z.string()),
  z.string().transform((text) => text.split(/[, ]+/).filter(Boolean)),
]);
const roleName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
  error: 'a role is called by a letter and up to 39 more, digits or dashes, lower case',
});
const scopes = words.pipe(z.array(z.enum(SCOPES))).transform((list): readonly Scope[] => list);
const restriction = words.transform((list, context): StudyRestriction => {
  const after = (kind: string) =>
    list.filter((word) => word.startsWith(kind)).map((word) => word.slice(kind.length));
  const [labels, studies] = [after('label:'), after('study:')];
  // Orthanc's own rule for labels.
  const isValid = labels.every((label) => /^[A-Za-z0-9_-]{1,64}$/.test(label)) && studies.every(isUid);
  if (!isValid || list.length === 0 || labels.length + studies.length !== list.length) {
    context.addIssue({
      code: 'custom',
      message: 'label:<label> and study:<Study Instance UID>, at least one',
    });
  }
  return { labels, studies };
});

/** Names of the issuer and the roles they mean: as a map, or as `name=role` with semicolons between them. */
function roleNames(
  written: string | Record<string, string>,
  context: z.RefinementCtx,
): ReadonlyMap<string, string> {
  if (typeof written !== 'string') return new Map(Object.entries(written));
  const pairs = written
    .split(';')
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair) => /^(.+?)\s*=\s*([a-z][a-z0-9-]*)$/.exec(pair));
  if (pairs.includes(null))
    context.addIssue({ code: 'custom', message: 'name=role with semicolons between them' });
  return new Map(pairs.flatMap((pair) => (pair ? [[pair[1]!, pair[2]!] as const] : [])));
}

const networks = z.string().refine((text) => text.split(/[, ]+/).filter(Boolean).every(isNetwork), {
  error: 'addresses or networks (10.0.0.0/8) with commas between them',
});

/** The shape of `config/default.yaml`; values from the environment arrive as strings and are coerced. */
export const settingsSchema = z.strictObject({
  gateway: z
    .strictObject({
      host: z.string().min(1),
      port: z.coerce.number().int().min(0).max(65535),
      ...tlsFiles,
      checkCertFile: z.string(),
      checkKeyFile: z.string(),
      hstsSeconds: z.coerce.number().int().min(0),
    })
    .refine(({ certFile, keyFile }) => (certFile === '') === (keyFile === ''), {
      error: 'certFile and keyFile: set both or none',
      params: { settings: ['certFile', 'keyFile'] },
    })
    .refine(({ certFile, caFile }) => caFile === '' || certFile !== '', {
      error: 'clients show a certificate over TLS only: set certFile and keyFile as well',
      params: { settings: ['certFile', 'keyFile'] },
    }),
  redis: z.strictObject({
    url: z.url({ protocol: /^rediss?$/ }),
    username: z.string(),
    password: z.string(),
    prefix: z.string().regex(/^[a-z0-9-]+$/, { error: 'lower-case letters, digits and dashes only' }),
    sentinels: z
      .string()
      .regex(
        /^([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])?(:\d+)?([, ]+([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:\d+)?)*$/,
        {
          error: 'host:port with commas between them, or empty',
        },
      ),
    sentinelName: z.string().min(1),
    sentinelUsername: z.string(),
    sentinelPassword: z.string(),
    caFile: z.string(),
    certFile: z.string(),
    keyFile: z.string(),
  }),
  archive: z.strictObject({
    dicomwebUrl: httpUrl,
    orthancUrl: z.union([z.literal(''), httpUrl]),
    username: z.string(),
    password: z.string(),
    token: z.string(),
    tokenFile: z.string(),
    oidcIssuer: optionalUrl,
    oidcTokenUrl: optionalUrl,
    oidcClientId: z.string(),
    oidcClientSecret: z.string(),
    oidcScope: z.string(),
    oidcAudience: z.string(),
    headers: headerMap,
    ...tlsFiles,
    timeoutSeconds: seconds,
    tag: z.enum(['auto', 'labels', 'metadata', 'off']),
    metadataKey: z.coerce.number().int().min(1024).max(65535),
    deleteSuperseded: flag,
  }),
  dicomweb: z.strictObject({
    token: z.string(),
    maxReads: z.coerce.number().int().min(1).max(1000),
    maxStores: z.coerce.number().int().min(1).max(1000),
    maxUploadMegabytes: z.coerce.number().int().min(0),
    maxNesting: z.coerce.number().int().min(1).max(1000),
    idleSeconds: seconds,
    minBytesPerSecond: z.coerce.number().min(0),
  }),
  hook: z.strictObject({ token: z.string() }),
  admin: z.strictObject({ token: z.string(), operatorToken: z.string(), viewerToken: z.string() }),
  oidc: z
    .strictObject({
      // A slash at the end is part of an issuer's name.
      issuer: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
      clientId: z.string(),
      clientSecret: z.string(),
      redirectUrl: z.union([z.literal(''), httpUrl]),
      scope: z
        .string()
        .regex(/(^| )openid( |$)/, { error: 'scopes with spaces between them, openid among them' }),
      audience: z.string(),
      rolesClaim: z.string().min(1),
      roleNames: z.union([z.string(), z.record(z.string(), z.string())]).transform(roleNames),
      nameClaim: z.string().min(1),
      clockSkewSeconds: z.coerce.number().min(0).max(300),
      ...tlsFiles,
    })
    .refine(({ issuer }) => issuer === '' || /^https:/.test(issuer) || isLoopback(new URL(issuer).hostname), {
      error: 'issuer: https only, except on this machine',
      params: { settings: ['issuer'] },
    })
    .refine(({ issuer, clientId, audience }) => issuer === '' || clientId !== '' || audience !== '', {
      error: 'issuer needs clientId (people sign in), audience (machines send access tokens), or both',
      params: { settings: ['clientId', 'audience'] },
    }),
  roles: z.record(roleName, scopes),
  restrictions: z.record(roleName, restriction),
  access: z.strictObject({
    signIn: z.enum(['auto', 'always']),
    hosts: z.string().regex(/^[A-Za-z0-9.\-, ]*$/, { error: 'host names with commas between them' }),
    open: z.string().regex(/^((dicomweb|viewer|hook|metrics)([, ]+|$))*$/, {
      error: 'some of dicomweb, viewer, hook, metrics with commas between them, or empty',
    }),
    trustedProxies: networks,
  }),
  ledger: z.strictObject({
    retentionDays: z.coerce.number().int().min(0),
    maxStudies: z.coerce.number().int().min(0),
  }),
  audit: z.strictObject({
    keep: z.coerce.number().int().min(100).max(1_000_000),
    keepAccesses: z.coerce.number().int().min(100).max(10_000_000),
    syslogUrl: z.union([
      z.literal(''),
      z.string().regex(/^(tls|udp):\/\/([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?\/?$/, {
        error: 'tls://host:port, udp://host:port, or empty',
      }),
    ]),
    ...tlsFiles,
    sourceId: z.string().regex(/^[\x20-\x7e]{0,100}$/, { error: '100 printable ASCII characters at most' }),
    siteId: z.string().regex(/^[\x20-\x7e]{0,100}$/, { error: '100 printable ASCII characters at most' }),
    bufferMessages: z.coerce.number().int().min(100).max(1_000_000),
    repeatSeconds: z.coerce.number().min(0).max(86_400),
  }),
  intake: z.strictObject({
    quietSeconds: z.coerce.number().min(0),
    changes: flag,
    changesIntervalSeconds: seconds,
    startAt: z.enum(['now', 'beginning']),
    reconcileIntervalSeconds: z.union([z.literal('auto'), z.coerce.number().min(0)]),
  }),
  queue: z
    .strictObject({ offpeakFrom: clockTime, offpeakTo: clockTime })
    .refine(({ offpeakFrom, offpeakTo }) => (offpeakFrom === '') === (offpeakTo === ''), {
      error: 'offpeakFrom and offpeakTo: set both or none',
      params: { settings: ['offpeakFrom', 'offpeakTo'] },
    })
    .refine(({ offpeakFrom, offpeakTo }) => offpeakFrom === '' || offpeakFrom !== offpeakTo, {
      error: 'offpeakFrom and offpeakTo must differ',
      params: { settings: ['offpeakFrom', 'offpeakTo'] },
    }),
  worker: z.strictObject({
    concurrency: z.coerce.number().int().min(0).max(64),
    attempts: z.coerce.number().int().min(1),
    backoffSeconds: z.coerce.number().min(0),
    lockSeconds: z.coerce.number().min(2),
  }),
  engine: z
    .strictObject({
      provider: z.enum(['cpu', 'cuda', 'tensorrt']),
      precision: z.enum(['float32', 'int8']),
      libraryPath: z.string(),
      threads: z.coerce.number().int().min(0),
      batchSize: z.coerce.number().int().min(0).max(256),
      batchWaitMilliseconds: z.coerce.number().min(0).max(1000),
      gpuOutOfMemory: z.enum(['cpu', 'refuse']),
      deadlineSeconds: seconds,
      memoryMegabytes: z.coerce.number().int().min(256),
    })
    .refine(({ provider, precision }) => precision === 'float32' || provider === 'cpu', {
      error: 'precision: int8 is for the provider cpu',
      params: { settings: ['precision', 'provider'] },
    }),
  model: z.strictObject({
    manifest: z.string().min(1),
    directory: z.string().min(1),
    modalities: z.string().min(1),
  }),
  seg: z.strictObject({
    profile: z.enum(['viewer', 'strict']),
    form: z.enum(['binary', 'labelmap']),
    measurements: flag,
  }),
  wsi: z.strictObject({
    targetMicrometres: z.coerce.number().positive(),
    maxTiles: z.coerce.number().int().min(1),
  }),
  budget: z.strictObject({
    frames: z.coerce.number().int().min(0),
    megapixels: z.coerce.number().min(0),
    megabytes: z.coerce.number().min(0),
    seconds: z.coerce.number().min(0),
  }),
  viewer: z.strictObject({ dir: z.string().min(1) }),
  log: z.strictObject({
    level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
    pseudonymKey: z.union([z.literal(''), z.string().min(16, { error: '16 characters or more' })]),
  }),
  metrics: z
    .strictObject({
      enabled: flag,
      token: z.string(),
      workerHost: z.string().min(1),
      workerPort: z.coerce.number().int().min(0).max(65535),
    })
    .refine(
      ({ token, workerHost, workerPort }) => workerPort === 0 || token !== '' || isLoopback(workerHost),
      {
        error: 'metrics.workerHost is not loopback, so metrics.token must be set',
        params: { settings: ['workerHost', 'token'] },
      },
    ),
  tracing: z.strictObject({ otlpUrl: z.union([z.literal(''), httpUrl]) }),
  events: z.strictObject({
    keep: z.coerce.number().int().min(100),
    maxClients: z.coerce.number().int().min(1).max(10_000),
    maxPerCaller: z.coerce.number().int().min(1).max(10_000),
  }),
  alerts: z.strictObject({
    silentFeedMinimum: z.coerce.number().int().min(0),
    silentFeedWeeks: z.coerce.number().int().min(1).max(4),
    driftMinimum: z.coerce.number().int().min(0),
    driftBaselineWeeks: z.coerce.number().int().min(1).max(50),
    driftShare: z.coerce.number().positive().max(1),
    driftDice: z.coerce.number().positive().max(1),
    driftArea: z.coerce.number().positive().max(10),
  }),
  webhooks: z.strictObject({
    attempts: z.coerce.number().int().min(1).max(20),
    backoffSeconds: z.coerce.number().positive(),
    timeoutSeconds: z.coerce.number().positive().max(60),
    networks,
    secretKey: z.union([z.literal(''), z.string().min(32, { error: '32 characters or more' })]),
    ...tlsFiles,
  }),
});

/** All settings, checked. */
export type Settings = z.infer<typeof settingsSchema>;
