import type { Request, RequestHandler } from 'express';
import { type Actor, AppError, type Role, ROLES } from '../../core/index.js';

/**
 * The caller, when the role suffices.
 * @throws AppError `UNAUTHORIZED` for nobody known, `FORBIDDEN` for too small a role
 */
export function withRole(actor: Actor | undefined, role: Role): Actor {
  if (!actor) throw new AppError('UNAUTHORIZED', 'This needs a token or a session');
  if (ROLES.indexOf(actor.role) >= ROLES.indexOf(role)) return actor;
  throw new AppError('FORBIDDEN', `This needs the role ${role}; the caller has ${actor.role}`);
}

/** Guards what is no endpoint: documents and pages. The caller is then in `res.locals.actor`. */
export function requireRole(
  role: Role,
  identify: (request: Request) => Promise<Actor | undefined>,
): RequestHandler {
  return async (req, res, next) => {
    res.locals.actor = withRole(await identify(req), role);
    next();
  };
}
