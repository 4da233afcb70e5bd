import type { ErrorPolicy } from './error-policy.js';

/** The part of the catalogue that tells why Redis cannot be worked with: one code for each thing that somebody has to do. */
export const QUEUE_ERRORS = {
  QUEUE_UNAVAILABLE: {
    status: 503,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning: 'Redis does not answer.',
    advice:
      'Check that Redis runs and that redis.url (or redis.sentinels) is right. Between containers it is the name of the ' +
      'service, not localhost.',
  },
  QUEUE_READ_ONLY: {
    status: 503,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning:
      'Redis answers and takes no writes, because it is a replica: after a fail-over, or by its address.',
    advice:
      'Let redis.url name the primary, or end the replication with REPLICAOF NO ONE. Where Sentinel changes the primary, set ' +
      'redis.sentinels: then it is followed.',
  },
  QUEUE_FULL: {
    status: 503,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning: 'Redis answers and takes no writes, because its memory has reached maxmemory.',
    advice:
      'Raise maxmemory of Redis (redis-cli CONFIG SET maxmemory …), or let old studies be forgotten: ledger.retentionDays or ' +
      'ledger.maxStudies. Work goes on by itself.',
  },
  QUEUE_NOT_SAVED: {
    status: 503,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning: 'Redis answers and takes no writes, because it cannot write to its disk.',
    advice: 'See the log of Redis and free space on its disk. Work goes on by itself.',
  },
  QUEUE_UNAUTHORIZED: {
    status: 503,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning: 'Redis wants a password, or does not accept the one it gets.',
    advice:
      'Check user and password in the address: redis://<user>:<password>@host:6379, the user left out for requirepass of ' +
      'redis.conf. Special characters are written as %XX.',
  },
  QUEUE_FORBIDDEN: {
    status: 503,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning: 'The user of redis.url may not run a command that the queue needs; the message names it.',
    advice:
      'Let it: ACL SETUSER <user> on ~<prefix>:* &* +@all -@dangerous +info +keys. The queue needs reads, writes, scripts, streams, blocking ' +
      'reads and INFO.',
  },
  QUEUE_CLUSTER: {
    status: 503,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning:
      'This Redis is part of a cluster: it divides keys among nodes that scripts must change together.',
    advice:
      'Use a Redis that is not a cluster; one node is enough for a million studies. For fail-over use Sentinel ' +
      '(redis.sentinels).',
  },
  QUEUE_TLS: {
    status: 503,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning: 'No TLS connection to Redis comes about.',
    advice:
      'Use rediss:// where Redis speaks TLS and redis:// where it does not. An authority that the system does not know is ' +
      'named by redis.caFile; the certificate must be for the host of redis.url.',
  },
} as const satisfies Record<string, ErrorPolicy>;
