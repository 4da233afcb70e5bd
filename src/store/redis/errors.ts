import { AppError, type ErrorCode } from '../../core/index.js';

/** Kinds of refusal by Redis, by the words of its answer: the code stands first, or within the error of a script. */
const REPLIES: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [/\bREADONLY\b/, 'QUEUE_READ_ONLY', 'Redis takes no writes: it is a replica'],
  [/\bOOM command not allowed\b/, 'QUEUE_FULL', 'Redis is full: its memory has reached maxmemory'],
  [/\bMISCONF\b/, 'QUEUE_NOT_SAVED', 'Redis takes no writes because it cannot write to its disk'],
  [
    /^(WRONGPASS|NOAUTH)\b|\binvalid password\b|AUTH.*without any password/,
    'QUEUE_UNAUTHORIZED',
    'Redis does not accept the user name and password',
  ],
  [/\bNOPERM\b/, 'QUEUE_FORBIDDEN', 'Redis does not let its user do what the queue needs'],
  [
    /^(MOVED|ASK|CROSSSLOT|CLUSTERDOWN|TRYAGAIN)\b|\bnon local key\b/,
    'QUEUE_CLUSTER',
    'This Redis is part of a cluster, which divides what must stay together',
  ],
  [/\b(LOADING|MASTERDOWN)\b/, 'QUEUE_UNAVAILABLE', 'Redis is starting'],
];

/** Node's codes of a connection whose certificate or protocol does not fit. */
const TLS =
  /^(ERR_SSL_|ERR_TLS_|EPROTO|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|CERT_|HOSTNAME_MISMATCH)/;

const AWAY_CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at its address',
  ECONNRESET: 'it closed the connection: does it want TLS (rediss://)?',
  EPIPE: 'it closed the connection',
  ENOTFOUND: 'the name of its host is not known',
  EAI_AGAIN: 'the name of its host cannot be resolved now',
  ETIMEDOUT: 'no answer in time',
  EHOSTUNREACH: 'no way leads to its host',
};

// ioredis has no class for these; the texts are those of ioredis 5.
const AWAY = [
  "Stream isn't writeable and enableOfflineQueue options is false",
  'Connection is closed.',
  'Command timed out',
  'connect ECONNREFUSED',
  'read ECONNRESET',
  'All sentinels are unreachable',
];

/** Codes of states that no waiting ends. */
const LASTING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'QUEUE_UNAUTHORIZED',
  'QUEUE_FORBIDDEN',
  'QUEUE_CLUSTER',
  'QUEUE_TLS',
]);

/** True when somebody must change something before Redis can be used. */
export const isLasting = ({ code }: AppError): boolean => LASTING.has(code);

/**
 * Turns what ioredis throws when Redis is away or refuses into an error of its kind: `QUEUE_…`. Anything else stays what it
 * is. The message is ours: that of Redis may name its user.
 */
export function asQueueError(thrown: unknown): unknown {
  if (thrown instanceof AppError || !(thrown instanceof Error)) return thrown;
  const { message } = thrown;
  const { code = '', previousErrors } = thrown as { code?: unknown; previousErrors?: readonly unknown[] };
  // A transaction that was refused names the refusals of its commands.
  if (message.startsWith('EXECABORT') && previousErrors?.[0]) return asQueueError(previousErrors[0]);
  const reply = REPLIES.find(([words]) => words.test(message));
  if (reply) {
    const command = /run the '([a-z|]{1,40})' command/i.exec(message)?.[1];
    return new AppError(reply[1], command ? `${reply[2]}: ${command.toUpperCase()}` : reply[2], {
      cause: thrown,
    });
  }
  const name = String(code);
  if (TLS.test(name))
    return new AppError('QUEUE_TLS', `No TLS connection to Redis: ${name}`, { cause: thrown });
  const why = AWAY_CODES[name];
  if (why === undefined && !AWAY.some((text) => message.startsWith(text))) return thrown;
  return new AppError('QUEUE_UNAVAILABLE', why ? `Redis does not answer: ${why}` : 'Redis does not answer', {
    cause: thrown,
  });
}
