import type { Request } from 'express';
import { isOpen, type Settings } from '../../config/index.js';
import { type Actor, AppError, bearerToken, type Role, secretMatcher } from '../../core/index.js';

/** The role of a token, or undefined for an unknown one; compared in constant time. */
export function tokenRoles(settings: Settings['admin']): (token: string | undefined) => Role | undefined {
  const { token: admin, operatorToken: operator, viewerToken: viewer } = settings;
  return secretMatcher<Role>({ admin, operator, viewer });
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
    const role = roleOf(bearerToken(header));
    if (!role) throw new AppError('UNAUTHORIZED', 'The token is not known');
    return { role, name: `token:${role}` };
  };
}
