import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { AppError, bearerToken, type Caller } from '../core/index.js';
import { apiKeyIdIn } from './api-keys.js';
import type { RefusalReason, Refused } from './refused.js';
import { claimedSubject, isJwt } from './oidc/index.js';

const MAX_FAILURES = 10;
const WINDOW_MS = 60_000;
const FIRST_BLOCK_MS = 60_000;
const MAX_BLOCK_MS = 15 * 60_000;
/** After so long without a failure the next block is as short as the first. */
const FORGIVE_MS = 60 * 60_000;
/** Addresses and credentials remembered at a time; the longest unused are forgotten. */
const MAX_REMEMBERED = 10_000;

/** A refused request, for the audit. */
export interface Refusal {
  readonly reason: RefusalReason;
  /** Who was refused, as far as it is known: a caller without the scope, an API key by its id, else undefined. */
  readonly caller: Pick<Caller, 'name' | 'roles'> | undefined;
  readonly address: string;
  readonly surface: string;
  readonly method: string;
  readonly status: number;
  readonly requestId: string;
}

/** The error of a refused credential; its reason goes into the log's line. */
export function refuse(req: Request, refused: Refused): AppError {
  if (req.res) req.res.locals.refused = refused;
  return new AppError('UNAUTHORIZED', refused.detail);
}

interface Failures {
  /** Fingerprints of the wrong credentials: one that is sent again is no further guess. */
  wrong: Set<string>;
  since: number;
  blockedUntil: number;
  blocks: number;
}

/**
 * Logs every refusal with address and reason, and stops who guesses: after ten different wrong credentials within a
 * minute further ones are not looked at for a minute, then for two, four, up to fifteen. What names itself is counted
 * under its name: wrong secrets of an API key stop that key, and no other that comes from the same address. Everything
 * else is counted under its address. A credential that was right before from the same address stays right, so that
 * behind a proxy that many share nobody who works is locked out. Sessions are not guessed (256 random bits); signing in
 * has a limit of its own.
 * @param onRefused is told of every refusal
 */
export function watchRefusals(
  log: Logger,
  now: () => number = Date.now,
  onRefused: (refusal: Refusal) => void = () => undefined,
): RequestHandler {
  const failures = remember<Failures>();
  const proven = remember<true>();

  function failed(subject: string, credential: string): void {
    const known = failures.get(subject);
    const fresh = known && now() - known.since < WINDOW_MS ? known : undefined;
    const isRecent = known && now() - known.since < FORGIVE_MS;
    const entry = fresh ?? {
      wrong: new Set<string>(),
      since: now(),
      blockedUntil: 0,
      blocks: isRecent ? known.blocks : 0,
    };
    entry.wrong.add(credential);
    if (entry.wrong.size >= MAX_FAILURES) {
      entry.blockedUntil = now() + Math.min(MAX_BLOCK_MS, FIRST_BLOCK_MS * 2 ** entry.blocks);
      entry.blocks += 1;
      entry.wrong.clear();
      entry.since = entry.blockedUntil;
    }
    failures.set(subject, entry);
  }

  return (req, res, next) => {
    const address = req.ip ?? '';
    const credential = req.get('authorization');
    const pair = credential === undefined ? undefined : fingerprint(address, credential);
    const surface = surfaceOf(req);
    const token = bearerToken(credential);
    const keyId = apiKeyIdIn(token);
    const subject = subjectOf(token, address);
    const wait = (failures.get(subject)?.blockedUntil ?? 0) - now();
    const isBlocked = pair !== undefined && wait > 0 && !proven.get(pair);

    res.once('finish', () => {
      const { statusCode } = res;
      if (statusCode !== 401 && statusCode !== 403 && statusCode !== 429) {
        if (pair !== undefined && !isBlocked && isByToken(res)) proven.set(pair, true);
        return;
      }
      const isWrong = statusCode === 401 && pair !== undefined && !isBlocked;
      if (isWrong) failed(subject, pair);
      const isWrongSignIn = statusCode === 401 && req.method === 'POST' && req.path.endsWith('/session');
      const refused = res.locals.refused as Refused | undefined;
      const reason = refused?.reason ?? (isWrong || isWrongSignIn ? 'WRONG_CREDENTIAL' : REASONS[statusCode]);
      const ofKey = keyId === undefined ? {} : { keyId };
      const requestId = requestIdOf(res);
      log.warn({ address, surface, method: req.method, reason, ...ofKey, requestId }, 'access refused');
      const caller =
        keyId === undefined
          ? (res.locals.known as Caller | undefined)
          : { name: `key:${keyId}`, roles: [] as string[] };
      onRefused({
        reason: reason ?? 'NOT_ALLOWED',
        caller,
        address,
        surface,
        method: req.method,
        status: statusCode,
        requestId,
      });
    });
    if (!isBlocked) return next();
    res.setHeader('retry-after', Math.ceil(wait / 1000));
    next(
      new AppError(
        'TOO_MANY',
        keyId === undefined
          ? 'Too many wrong credentials came from this address'
          : 'Too many wrong secrets of this API key came',
      ),
    );
  };
}

/**
 * Under what wrong credentials are counted: the API key they name, the person whom an access token names (per address:
 * nobody can stop another person from afar), else the address.
 */
function subjectOf(token: string | undefined, address: string): string {
  const keyId = apiKeyIdIn(token);
  if (keyId !== undefined) return `key ${keyId}`;
  const person = token !== undefined && isJwt(token) ? claimedSubject(token) : undefined;
  return person === undefined ? `address ${address}` : `person ${person} ${address}`;
}

const REASONS: Readonly<Record<number, RefusalReason>> = {
  401: 'NO_CREDENTIAL',
  403: 'NOT_ALLOWED',
  429: 'TOO_MANY',
};

/** The first word of the path: the rest may name a study. */
const surfaceOf = (req: Request) => /^\/[a-z-]{0,20}/.exec(req.path)?.[0] ?? '/';
/** Whether the header's token was looked at and found right; a page that needs none says nothing of it. */
function isByToken({ locals }: Response): boolean {
  const { name } = (locals.caller ?? {}) as { name?: string };
  return /^(?:token|key|oidc):/.test(name ?? '');
}

const requestIdOf = (res: Response) => String(res.getHeader('x-request-id') ?? '');
const fingerprint = (address: string, credential: string) =>
  createHash('sha256').update(`${address}\0${credential}`).digest('base64');

/** A map that forgets what was not used for longest. */
function remember<V>() {
  const entries = new Map<string, V>();
  return {
    get(key: string): V | undefined {
      const value = entries.get(key);
      if (value !== undefined) {
        entries.delete(key);
        entries.set(key, value);
      }
      return value;
    },
    set(key: string, value: V): void {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > MAX_REMEMBERED) entries.delete(entries.keys().next().value!);
    },
  };
}
