import type { Request } from 'express';
import type { Settings } from '../../config/index.js';
import { type Actor, AppError, bearerToken, secretMatcher } from '../../core/index.js';
import { type Caller, type Scope, SCOPES_OF_MACHINE, SCOPES_OF_ROLE } from './scope.js';

/** Who sent a request. @throws AppError `UNAUTHORIZED` for a credential that is none of ours */
export type Identify = (req: Request) => Promise<Caller | undefined>;

/**
 * The one place where a credential becomes scopes: the token of a machine, else a person's token or session.
 * @param actorOf who has a role, by token or session
 */
export function openIdentify(
  settings: Pick<Settings, 'dicomweb' | 'hook'>,
  actorOf: (req: Request) => Promise<Actor | undefined>,
): Identify {
  const machines = (['dicomweb', 'hook'] as const).map((name) => ({
    name,
    matches: secretMatcher({ [name]: settings[name].token }),
  }));
  return async (req) => {
    const token = bearerToken(req.get('authorization'));
    // One text may be the token of several: then it may do what each of them may.
    const known = machines.filter(({ matches }) => matches(token)).map(({ name }) => name);
    const actor = await actorOf(req).catch((error: unknown) => {
      if (known.length > 0 && error instanceof AppError && error.code === 'UNAUTHORIZED') return undefined;
      throw error;
    });
    if (known.length === 0 && !actor) return undefined;
    const scopes: Scope[] = known.flatMap((name) => [...SCOPES_OF_MACHINE[name]]);
    if (actor) scopes.push(...SCOPES_OF_ROLE[actor.role]);
    return { name: actor?.name ?? `token:${known.join('+')}`, scopes: new Set(scopes) };
  };
}
