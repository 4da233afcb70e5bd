import { z } from 'zod';
import { AppError } from '../../core/index.js';
import { NOBODY } from '../../store/index.js';
import { isOpen } from '../../config/index.js';
import { noSessionCookie, sessionCookie, sessionIdIn, tokenRoles } from '../access/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { role } from '../vocabulary.js';

const signInRequest = z
  .strictObject({ token: z.string().min(1).max(500).describe('a token of the settings') })
  .meta({ id: 'SignInRequest' });
const signedIn = z
  .object({ role, name: z.string().describe('as in the audit log') })
  .meta({ id: 'SignedIn' });
const session = z
  .object({
    role: role.nullable(),
    name: z.string().nullable(),
    open: z.boolean().describe('true when no token is set, so that nobody has to sign in'),
  })
  .meta({ id: 'Session', description: 'role and name, or null for nobody' });

/** Signing in with a token, for browsers: the token is sent once, then a cookie stands for it. */
export function sessionEndpoints(dependencies: AdminDependencies): Endpoint[] {
  const { settings, store } = dependencies;
  const { sessions } = store;
  const roleOf = tokenRoles(settings.admin);

  const signIn = endpoint({
    operationId: 'signIn',
    method: 'post',
    path: '/session',
    tag: 'session',
    summary: 'Sign in',
    description:
      'Sets the cookie `esp_session` for 12 hours. Changes by a session need the header `x-requested-with: esp-console`. Ten failed tries a minute and address.',
    role: 'viewer',
    open: true,
    body: signInRequest,
    replies: { 200: { description: 'signed in', schema: signedIn } },
    errors: ['CONFLICT', 'TOO_MANY'],
    handle: async ({ body, client }) => {
      if (isOpen(settings.admin)) throw new AppError('CONFLICT', 'No token is set: nobody needs to sign in');
      const granted = await store.limitTries(client.address, async () => {
        const known = roleOf(body.token);
        if (!known) throw new AppError('UNAUTHORIZED', 'The token is not known');
        return known;
      });
      const id = await sessions.open(granted);
      const actor = (await sessions.find(id)) ?? { role: granted, name: `session:${granted}` };
      return {
        status: 200,
        body: actor,
        actor,
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
    role: 'viewer',
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
          role: isKnown ? actor.role : null,
          name: isKnown ? actor.name : null,
          open: isOpen(settings.admin),
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
    role: 'viewer',
    open: true,
    replies: { 204: { description: 'the session has ended; also when there was none' } },
    handle: async ({ client }) => {
      const id = sessionIdIn(client.cookie);
      if (id !== undefined) await sessions.end(id);
      return { status: 204, headers: { 'set-cookie': noSessionCookie(client.isSecure) } };
    },
  });

  return [signIn, show, signOut];
}
