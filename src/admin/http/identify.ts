import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Settings } from '../../config/index.js';
import { type Actor, AppError, type Role } from '../../core/index.js';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** The role of a token, or undefined for an unknown one; compared in constant time. */
export function tokenRoles(settings: Settings['admin']): (token: string) => Role | undefined {
  const known: [Role, string][] = [
    ['admin', settings.token],
    ['operator', settings.operatorToken],
    ['viewer', settings.viewerToken],
  ];
  const digests = known
    .filter(([, token]) => token !== '')
    .map(([role, token]) => ({ role, hash: digest(token) }));
  return (token) => {
    const hash = digest(token);
    // All are compared, so that the time does not tell which one matched.
    return digests.filter((entry) => timingSafeEqual(entry.hash, hash))[0]?.role;
  };
}

/** Whether nobody has to sign in: no token is set, which the settings allow on loopback only. */
export function isOpen(settings: Settings['admin']): boolean {
  return [settings.token, settings.operatorToken, settings.viewerToken].every((token) => token === '');
}

/**
 * Who sent a request, by its `Authorization` header.
 * @throws AppError `UNAUTHORIZED` when a token was sent that is none of ours
 */
export function identifyByToken(settings: Settings['admin']): (request: Request) => Actor | undefined {
  const roleOf = tokenRoles(settings);
  const open = isOpen(settings);
  return (request) => {
    if (open) return { role: 'admin', name: 'loopback' };
    const header = request.get('authorization');
    if (header === undefined) return undefined;
    const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
    const role = token === undefined ? undefined : roleOf(token);
    if (!role) throw new AppError('UNAUTHORIZED', 'The token is not known');
    return { role, name: `token:${role}` };
  };
}
