import { z } from 'zod';
import { AppError, type Caller, levelOf, SCOPES } from '../../core/index.js';
import { NOBODY } from '../../store/index.js';
import { isOpen } from '../../config/index.js';
import { apiKeyIdIn, noSessionCookie, sessionCookie, sessionIdIn } from '../../access/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { oidcEndpoints } from './oidc-endpoints.js';
import { level, scope } from '../vocabulary.js';

const signInRequest = z
  .strictObject({ token: z.string().min(1).max(500).describe('a token of the settings, or an API key') })
  .meta({ id: 'SignInRequest' });
const signedIn = z
  .object({
    role: level.nullable(),
    name: z.string().describe('as in the audit log'),
    scopes: z.array(scope),
  })
  .meta({ id: 'SignedIn' });
const session = z
  .object({
    role: level.nullable().describe('how far the caller may administrate; null for not at all'),
    name: z.string().nullable().describe('as in the audit log; null for nobody'),
    scopes: z.array(scope),
    oidc: z.boolean().describe('true when people sign in at GET /session/oidc'),
    open: z.boolean().describe('true when no token is set, so that nobody has to sign in'),
  })
  .meta({ id: 'Session', description: 'who calls, and what they may do' });

const shown = (caller: Caller) => ({
  role: levelOf(caller) ?? null,
  name: caller.name,
  scopes: SCOPES.filter((one) => caller.scopes.has(one)),
});

/** Signing in with a token, for browsers: the token is sent once, then a cookie stands for it. */
export function sessionEndpoints(dependencies: AdminDependencies): Endpoint[] {
  const { access, settings, store } = dependencies;

  const signIn = endpoint({
    operationId: 'signIn',
    method: 'post',
    path: '/session',
    tag: 'session',
    summary: 'Sign in',
    description:
      'Sets the cookie `esp_session` for 12 hours. Changes by a session need the header `x-requested-with: esp-console`. Ten failed tries a minute and address, of an API key a minute and key.',
    scope: 'admin:read',
    open: true,
    body: signInRequest,
    replies: { 200: { description: 'signed in', schema: signedIn } },
    errors: ['CONFLICT', 'TOO_MANY'],
    handle: async ({ body, client }) => {
      if (isOpen(settings)) throw new AppError('CONFLICT', 'No token is set: nobody needs to sign in');
      const { id, caller } = await store.limitTries(apiKeyIdIn(body.token) ?? client.address, () =>
        access.signIn(body.token),
      );
      return {
        status: 200,
        body: shown(caller),
        actor: caller,
        headers: { 'set-cookie': sessionCookie(id, client.isSecure) },
      };
    },
  });

  const show = endpoint({
    operationId: 'showSession',
    method: 'get',
    path: '/session',
    tag: 'session',
    summary: 'Who is signed in',
    scope: 'admin:read',
    open: true,
    replies: {
      200: {
        description: 'role and name, or null for nobody',
        schema: session,
      },
    },
    handle: async ({ actor }) => {
      const isKnown = actor.name !== NOBODY.name;
      return {
        status: 200,
        body: {
          ...shown(actor),
          ...(isKnown ? {} : { name: null }),
          oidc: access.oidc !== undefined,
          open: isOpen(settings),
        },
      };
    },
  });

  const signOut = endpoint({
    operationId: 'signOut',
    method: 'delete',
    path: '/session',
    tag: 'session',
    summary: 'Sign out',
    scope: 'admin:read',
    open: true,
    replies: { 204: { description: 'the session has ended; also when there was none' } },
    handle: async ({ client }) => {
      const id = sessionIdIn(client.cookie);
      if (id !== undefined) await access.signOut(id);
      return { status: 204, headers: { 'set-cookie': noSessionCookie(client.isSecure) } };
    },
  });

  return [signIn, show, signOut, ...oidcEndpoints(dependencies)];
}
