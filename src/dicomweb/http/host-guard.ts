import type { RequestHandler } from 'express';
import { isOpen, type Settings } from '../../config/index.js';
import { AppError, isLoopback } from '../../core/index.js';

/**
 * Refuses requests that a browser was led to send here by a page of somebody else: under a name that is not ours
 * (DNS rebinding), or from a page of another origin that wants to change something. See docs/decisions/010.
 *
 * Names: those of settings.access.hosts and loopback; without any set, loopback only when nobody has to sign in,
 * and any otherwise.
 */
export function hostGuard(settings: Settings): RequestHandler {
  const named = settings.access.hosts.split(/[, ]+/).filter(Boolean);
  if (named.length === 0 && !isOpen(settings)) return (_req, _res, next) => next();
  const known = new Set(named.map((name) => name.toLowerCase()));
  return (req, _res, next) => {
    const { host, origin } = req.headers;
    const name = hostName(host);
    if (name === undefined || !(isLoopback(name) || known.has(name))) {
      throw new AppError(
        'FORBIDDEN',
        'The gateway is not known by the name in the header Host; see access.hosts',
      );
    }
    if (origin === undefined || !changes(req.method)) return next();
    const page = origin.replace(/^https?:\/\//, '');
    // Another port of this machine is another origin; a proxy may put another Host than the browser's.
    if (page !== host && !known.has(hostName(page) ?? '')) {
      throw new AppError(
        'FORBIDDEN',
        'A page of another origin may not change anything here; see access.hosts',
      );
    }
    next();
  };
}

const changes = (method: string) => !['GET', 'HEAD', 'OPTIONS'].includes(method);

/** The name in `name:port`, lower case, without the brackets of an IPv6 address. */
function hostName(host: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:]+)\]|([a-z0-9.-]+))(?::\d+)?$/i.exec(host ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}
