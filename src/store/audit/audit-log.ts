import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type Caller, pseudonym } from '../../core/index.js';
import { parsed } from '../ledger/parsed.js';

/** A line of the audit log, before it has a time. */
export interface AuditEntry {
  readonly actor: string;
  /** Roles of the settings, with + between them. */
  readonly role: string;
  readonly operation: string;
  /** What was acted upon: path parameters. */
  readonly target: Readonly<Record<string, string>>;
  readonly status: number;
  readonly requestId: string;
  /** Where the request came from; absent in lines of before it was kept. */
  readonly address?: string | undefined;
  /** Name of the audit message (PS3.15 §A.5.3), of accesses. */
  readonly event?: string | undefined;
}

/** Actor of calls to open endpoints by somebody who has not signed in. */
export const NOBODY: Caller = { name: 'nobody', roles: [], scopes: new Set() };

/** A kept line: who did what to what, when, and how it was answered. */
export interface AuditLine extends AuditEntry {
  /** Place in the log; later lines have later ones. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What administrators changed, or who read, searched and stored. */
export type AuditKind = 'changes' | 'accesses';

export interface AuditQuery {
  /** Changes unless told. */
  readonly kind?: AuditKind | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly actor?: string | undefined;
  readonly operation?: string | undefined;
  readonly limit: number;
  /** Only lines before this one. */
  readonly before?: string | undefined;
}

/** How a process's sending to the audit receiver goes. */
export interface AuditDelivery {
  readonly waiting: number;
  readonly dropped: number;
  /** Why the receiver cannot be reached; empty when it can. */
  readonly problem: string;
}

const deliverySchema = z.object({
  at: z.iso.datetime(),
  waiting: z.number(),
  dropped: z.number(),
  problem: z.string(),
});
const DELIVERY_RETENTION_MS = 7 * 86_400_000;

/** What administrators changed, and who read, searched and stored. */
export interface AuditLog {
  /** Keeps a change. */
  add(entry: AuditEntry): Promise<void>;
  /** Keeps an access. */
  addAccess(entry: AuditEntry): Promise<void>;
  /** @param process host and role */
  tellDelivery(process: string, delivery: AuditDelivery): Promise<void>;
  /** What processes told of the last seven days, by process. */
  deliveries(): Promise<(AuditDelivery & { readonly process: string; readonly at: string })[]>;
  /** Newest first. */
  read(query: AuditQuery): Promise<AuditLine[]>;
}

const PAGE = 500;

/**
 * The audit log in two Redis streams of at most about so many lines, and as lines of the process's log: reading must not
 * push out what was changed. Targets may hold study UIDs; the process's log shows their pseudonyms.
 */
export function openAuditLog(dependencies: {
  redis: Redis;
  keys: { changes: string; accesses: string; delivery: string };
  keep: { keep: number; keepAccesses: number };
  log: Pick<Logger, 'info'>;
}): AuditLog {
  const { redis, keys, keep, log } = dependencies;
  const streams = { changes: keys.changes, accesses: keys.accesses } as const;
  const limits = { changes: keep.keep, accesses: keep.keepAccesses } as const;

  async function append(kind: AuditKind, entry: AuditEntry): Promise<void> {
    // First, so that a line is on record even when Redis went away under it.
    log.info({ ...entry, target: loggable(entry.target) }, kind === 'changes' ? 'audit' : 'audit of access');
    // Strangers must not be able to fill the log until what counts is dropped from it.
    if (entry.actor === NOBODY.name && entry.status >= 400) return;
    await redis.xadd(streams[kind], 'MAXLEN', '~', limits[kind], '*', 'entry', JSON.stringify(entry));
  }

  return {
    add: (entry) => append('changes', entry),
    addAccess: (entry) => append('accesses', entry),

    async tellDelivery(process, delivery) {
      await redis.hset(keys.delivery, process, JSON.stringify({ at: new Date().toISOString(), ...delivery }));
      await redis.pexpire(keys.delivery, DELIVERY_RETENTION_MS);
    },

    async deliveries() {
      const told = await redis.hgetall(keys.delivery);
      return Object.entries(told).flatMap(([process, text]) => {
        const { data } = deliverySchema.safeParse(parsed(text));
        const isOld = data && Date.now() - Date.parse(data.at) > DELIVERY_RETENTION_MS;
        return data && !isOld ? [{ process, ...data }] : [];
      });
    },

    async read(query) {
      const stream = streams[query.kind ?? 'changes'];
      // Ids of a stream begin in 1970: an earlier time would be an error of Redis.
      // No line comes before the first possible id, and Redis takes no end before it.
      if (query.before !== undefined && /^0+-0+$/.test(query.before)) return [];
      const end = (time: Date) => String(Math.max(0, time.getTime()));
      const oldest = query.from ? end(query.from) : '-';
      let newest = query.to ? end(query.to) : '+';
      if (query.before !== undefined && !isBefore(newest, query.before)) newest = `(${query.before}`;
      const lines: AuditLine[] = [];
      while (lines.length < query.limit) {
        const page = await redis.xrevrange(stream, newest, oldest, 'COUNT', PAGE);
        lines.push(...page.map(lineOf).filter((line) => matches(line, query)));
        if (page.length < PAGE) break;
        newest = `(${page.at(-1)![0]}`;
      }
      return lines.slice(0, query.limit);
    },
  };
}

/** Whether an end given by time lies before an id; `+` lies behind all. */
const isBefore = (end: string, id: string) => end !== '+' && Number(end) < Number(id.split('-')[0]);

function lineOf([id, fields]: [string, string[]]): AuditLine {
  const entry = JSON.parse(fields[fields.indexOf('entry') + 1]!) as AuditEntry;
  return { ...entry, id, at: new Date(Number(id.split('-')[0])).toISOString() };
}

const matches = (line: AuditLine, { actor, operation }: AuditQuery) =>
  (actor === undefined || line.actor === actor) && (operation === undefined || line.operation === operation);

/** UIDs, in whatever they stand, as their pseudonyms. */
const loggable = (target: AuditEntry['target']) =>
  Object.fromEntries(
    Object.entries(target).map(([key, value]) => [key, value.replace(/\d+(?:\.\d+){2,}/g, pseudonym)]),
  );
