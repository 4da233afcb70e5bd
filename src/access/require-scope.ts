import type { Request, RequestHandler } from 'express';
import { AppError, type Caller, type Scope } from '../core/index.js';
import type { Access } from './identify.js';

/** What the console sends with every call: another site's form cannot, and its script may not. */
export const CONSOLE_HEADER = { name: 'x-requested-with', value: 'esp-console' } as const;

type Admission = Pick<Access, 'identify' | 'isBySession'>;

/**
 * Who sent a request, once it is sure that no other site's page did.
 * @param mayComeFromElsewhere true for a request that lacks the proof that a page of ours sent it
 * @throws AppError `UNAUTHORIZED` for a credential that is none of ours, `FORBIDDEN` for a change by a session that may
 * come from another site's page
 */
export async function callerOf(
  access: Admission,
  req: Request,
  mayComeFromElsewhere: (req: Request) => boolean = lacksConsoleHeader,
): Promise<Caller | undefined> {
  const caller = await access.identify(req);
  const changes = !['GET', 'HEAD'].includes(req.method);
  if (changes && access.isBySession(req) && mayComeFromElsewhere(req)) {
    throw new AppError(
      'FORBIDDEN',
      `A session's change needs ${CONSOLE_HEADER.name}: ${CONSOLE_HEADER.value}`,
    );
  }
  return caller;
}

const lacksConsoleHeader = (req: Request) => req.get(CONSOLE_HEADER.name) !== CONSOLE_HEADER.value;

/**
 * The caller, when it has the scope.
 * @throws AppError `UNAUTHORIZED` for nobody known, `FORBIDDEN` for a caller without the scope
 */
export function withScope(caller: Caller | undefined, scope: Scope): Caller {
  if (!caller) throw new AppError('UNAUTHORIZED', 'This needs a token or a session');
  if (caller.scopes.has(scope)) return caller;
  throw new AppError('FORBIDDEN', `This needs the scope ${scope}; the caller ${caller.name} lacks it`);
}

/**
 * Lets a request pass whose caller has the scope. The caller is then in `res.locals.caller`; one who
 * is known and lacks the scope is in `res.locals.known`.
 * @param scopeOf the scope that the request needs
 * @throws AppError `UNAUTHORIZED`, `FORBIDDEN`
 */
export function requireScope(
  access: Admission,
  scopeOf: Scope | ((req: Request) => Scope),
  mayComeFromElsewhere?: (req: Request) => boolean,
): RequestHandler {
  return (req, res, next) => {
    const admit = async () => {
      const scope = typeof scopeOf === 'string' ? scopeOf : scopeOf(req);
      res.locals.known = await callerOf(access, req, mayComeFromElsewhere);
      res.locals.caller = withScope(res.locals.known as Caller | undefined, scope);
    };
    admit().then(() => next(), next);
  };
}
