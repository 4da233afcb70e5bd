import { z } from 'zod';
import {
  noPendingCookie,
  type OidcSignIn,
  pendingCookie,
  pendingIn,
  sessionCookie,
} from '../../access/index.js';
import { AppError } from '../../core/index.js';
import { type Client, endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';

const CALLBACK = '/admin/v1/session/callback';

/** What an issuer sends back (RFC 6749 §4.1.2, RFC 9207); more is left out. */
const callbackQuery = z.object({
  state: z.string().max(500).optional(),
  code: z.string().max(4000).optional(),
  iss: z.string().max(500).optional(),
  error: z.string().max(200).optional(),
});

/** Signing in at the OpenID Connect issuer: code flow with PKCE, then a session as after a token. */
export function oidcEndpoints({ access, settings }: AdminDependencies): Endpoint[] {
  const configured = (): OidcSignIn => {
    if (access.oidc) return access.oidc;
    throw new AppError('NOT_FOUND', 'No issuer is set up for people: oidc.issuer, oidc.clientId');
  };
  const callbackOf = ({ origin }: Client) => settings.oidc.redirectUrl || `${origin}${CALLBACK}`;

  const begin = endpoint({
    operationId: 'beginOidcSignIn',
    method: 'get',
    path: '/session/oidc',
    tag: 'session',
    summary: 'Sign in at the OpenID Connect issuer',
    description: 'For browsers: leads to the page of the issuer, which leads back.',
    scope: 'admin:read',
    open: true,
    query: z.strictObject({
      returnTo: z.string().max(500).default('/').describe('page of this gateway to open afterwards'),
    }),
    replies: { 302: { description: 'to the issuer' } },
    errors: ['NOT_FOUND', 'ISSUER_UNREACHABLE'],
    handle: async ({ query: { returnTo }, client }) => {
      const { url, pending } = await configured().begin(callbackOf(client), returnTo);
      return {
        status: 302,
        headers: { location: url, 'set-cookie': pendingCookie(pending, client.isSecure) },
      };
    },
  });

  const finish = endpoint({
    operationId: 'finishOidcSignIn',
    method: 'get',
    path: '/session/callback',
    tag: 'session',
    summary: 'Where the issuer leads back to',
    description:
      'Sets the cookie `esp_session` and opens the page that was asked for. Only for the browser that began.',
    scope: 'admin:read',
    open: true,
    audited: true,
    query: callbackQuery,
    replies: { 200: { description: 'signed in: a page that leads on', contentType: 'text/html' } },
    errors: ['NOT_FOUND', 'ISSUER_UNREACHABLE'],
    handle: async ({ query, client }) => {
      const oidc = configured();
      const pending = pendingIn(client.cookie);
      if (!pending || pending.state !== query.state) {
        throw new AppError(
          'UNAUTHORIZED',
          'This browser has not begun this sign-in, or too long ago: sign in again',
        );
      }
      const url = new URL(callbackOf(client));
      url.search = new URLSearchParams(query as Record<string, string>).toString();
      const { grant, returnTo } = await oidc.finish(url, pending);
      const { id, caller } = await access.signInAs(grant);
      return {
        status: 200,
        body: leadOn(returnTo),
        actor: caller,
        headers: {
          // The default would send a browser to https, which not every gateway speaks.
          'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
          'set-cookie': [sessionCookie(id, client.isSecure), noPendingCookie(client.isSecure)],
        },
      };
    },
  });

  return [begin, finish];
}

/** A page of ours leads on: a redirect would count as the issuer's, and the session's cookie would not be sent. */
function leadOn(path: string): string {
  const escaped = path.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=${escaped}">
<title>Signed in</title>
<p>Signed in. <a href="${escaped}">Go on</a></p>
</html>
`;
}
