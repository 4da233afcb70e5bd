import type { Request } from 'express';
import type { Settings } from '../../config/index.js';
import { type Actor, AppError } from '../../core/index.js';
import type { SessionStore } from '../../store/index.js';
import { identifyByToken } from './identify-by-token.js';
import { sessionIdIn } from './session-cookie.js';

/** What the console sends with every call: another site's form cannot, and its script may not. */
export const CONSOLE_HEADER = { name: 'x-requested-with', value: 'esp-console' } as const;

/**
 * Who sent a request: by its token, else by its session.
 * @throws AppError `UNAUTHORIZED` for a token that is none of ours, `FORBIDDEN` for a change by a session that may
 * come from another site's page (see `mayComeFromElsewhere`)
 */
export function identifyCaller(
  settings: Settings['admin'],
  sessions: SessionStore,
  mayComeFromElsewhere: (request: Request) => boolean = lacksConsoleHeader,
): (request: Request) => Promise<Actor | undefined> {
  const byToken = identifyByToken(settings);
  return async (request) => {
    const actor = byToken(request);
    if (actor) return actor;
    const id = sessionIdIn(request.get('cookie'));
    const signedIn = id === undefined ? undefined : await sessions.find(id);
    if (signedIn && !['GET', 'HEAD'].includes(request.method) && mayComeFromElsewhere(request)) {
      throw new AppError(
        'FORBIDDEN',
        `A session's change needs ${CONSOLE_HEADER.name}: ${CONSOLE_HEADER.value}`,
      );
    }
    return signedIn;
  };
}

const lacksConsoleHeader = (request: Request) => request.get(CONSOLE_HEADER.name) !== CONSOLE_HEADER.value;
