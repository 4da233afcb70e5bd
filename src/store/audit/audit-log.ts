import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type Caller, pseudonym } from '../../core/index.js';

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

export interface AuditQuery {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly actor?: string | undefined;
  readonly operation?: string | undefined;
  readonly limit: number;
  /** Only lines before this one. */
  readonly before?: string | undefined;
}

/** What administrators changed. */
export interface AuditLog {
  add(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  read(query: AuditQuery): Promise<AuditLine[]>;
}

const PAGE = 500;

/**
 * The audit log in a Redis stream of at most about `keep` lines, and as one line of the process's log.
 * Targets may hold study UIDs; the process's log shows their pseudonyms.
 */
export function openAuditLog(dependencies: {
  redis: Redis;
  stream: string;
  keep: number;
  log: Pick<Logger, 'info'>;
}): AuditLog {
  const { redis, stream, keep, log } = dependencies;
  return {
    async add(entry) {
      // First, so that a change is on record even when Redis went away under it.
      log.info({ ...entry, target: loggable(entry.target) }, 'audit');
      // Strangers must not be able to fill the log until what counts is dropped from it.
      if (entry.actor === NOBODY.name && entry.status >= 400) return;
      await redis.xadd(stream, 'MAXLEN', '~', keep, '*', 'entry', JSON.stringify(entry));
    },

    async read(query) {
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
