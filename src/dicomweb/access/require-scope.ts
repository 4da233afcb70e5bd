import type { Request, RequestHandler } from 'express';
import { AppError } from '../../core/index.js';
import type { Identify } from './identify.js';
import type { Scope } from './scope.js';

/**
 * Lets a request pass whose caller has the scope.
 * @param scopeOf the scope that the request needs
 * @throws AppError `UNAUTHORIZED` for nobody known, `FORBIDDEN` for a caller without the scope
 */
export function requireScope(identify: Identify, scopeOf: (req: Request) => Scope): RequestHandler {
  return (req, res, next) => {
    const admit = async () => {
      const scope = scopeOf(req);
      const caller = await identify(req);
      if (!caller) throw new AppError('UNAUTHORIZED', 'This needs a token or a session');
      if (!caller.scopes.has(scope)) {
        throw new AppError('FORBIDDEN', `This needs the scope ${scope}; the caller ${caller.name} lacks it`);
      }
      res.locals.caller = caller;
    };
    admit().then(() => next(), next);
  };
}
