import * as client from 'openid-client';
import { z } from 'zod';
import type { Settings } from '../../config/index.js';
import { AppError } from '../../core/index.js';
import type { SessionGrant } from '../../store/index.js';
import { type IssuerDescription, unreachable } from './issuer.js';
import { type Claims, nameOfClaims, rolesOfClaims } from './roles-of-claims.js';

const pendingSchema = z.object({
  state: z.string().min(20),
  nonce: z.string().min(20),
  /** Of PKCE (RFC 7636). */
  verifier: z.string().min(43),
  returnTo: z.string(),
});

/** A sign-in under way: in a cookie of the browser that began it, and nowhere else. */
export type PendingSignIn = z.infer<typeof pendingSchema>;

/** The authorization code flow with PKCE (OpenID Connect Core 1.0 §3.1, RFC 7636). */
export interface OidcSignIn {
  /** @returns where the browser goes, and what it keeps until it comes back */
  begin(redirectUrl: string, returnTo: string): Promise<{ url: string; pending: PendingSignIn }>;
  /**
   * @param callbackUrl where the browser came back to, with its query
   * @throws AppError `UNAUTHORIZED` for an answer that is not that of this sign-in
   */
  finish(callbackUrl: URL, pending: PendingSignIn): Promise<{ grant: SessionGrant; returnTo: string }>;
}

export function openOidcSignIn(
  settings: Settings['oidc'],
  describe: () => Promise<IssuerDescription>,
): OidcSignIn {
  async function claimsOf(
    configuration: client.Configuration,
    callbackUrl: URL,
    { state, nonce, verifier }: PendingSignIn,
  ): Promise<Claims> {
    const tokens = await client.authorizationCodeGrant(configuration, callbackUrl, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new AppError('UNAUTHORIZED', 'The issuer gave no ID token');
    if (rolesOfClaims(settings, claims) || !configuration.serverMetadata().userinfo_endpoint) return claims;
    // Some issuers put roles and names there only.
    return { ...claims, ...(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)) };
  }

  return {
    async begin(redirectUrl, returnTo) {
      const { configuration } = await describe();
      const pending: PendingSignIn = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        returnTo: localPath(returnTo),
      };
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUrl,
        scope: settings.scope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, pending };
    },

    async finish(callbackUrl, pending) {
      const { configuration } = await describe();
      const claims = await claimsOf(configuration, callbackUrl, pending).catch((error: unknown) => {
        throw error instanceof AppError ? error : refusalOf(error);
      });
      const grant: SessionGrant = {
        source: 'oidc',
        name: nameOfClaims(settings, claims),
        roles: rolesOfClaims(settings, claims) ?? [],
      };
      return { grant, returnTo: localPath(pending.returnTo) };
    },
  };
}

/** A page of this gateway; anything else becomes its first page, so that nobody is led elsewhere. */
const localPath = (path: string): string => (/^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(path) ? path : '/');

function refusalOf(error: unknown): AppError {
  if (error instanceof client.AuthorizationResponseError) {
    return new AppError('UNAUTHORIZED', 'The issuer did not sign in', { cause: error });
  }
  if (error instanceof client.ResponseBodyError) {
    return new AppError('UNAUTHORIZED', 'The issuer does not take the code: sign in again', { cause: error });
  }
  const code = error instanceof client.ClientError ? error.code : undefined;
  if (code === 'OAUTH_TIMEOUT' || code === undefined) return unreachable(error);
  return new AppError('UNAUTHORIZED', 'The answer of the issuer is not that of this sign-in: sign in again', {
    cause: error,
  });
}

const NAME = 'esp_sign_in';
const MAX_AGE_S = 600;
const PATH = '/admin/v1/session';

/** `Set-Cookie` of a sign-in under way. The issuer's page leads back here, so it cannot be SameSite=Strict. */
export function pendingCookie(pending: PendingSignIn, isSecure: boolean): string {
  return cookie(Buffer.from(JSON.stringify(pending)).toString('base64url'), MAX_AGE_S, isSecure);
}

/** `Set-Cookie` that removes it. */
export const noPendingCookie = (isSecure: boolean): string => cookie('', 0, isSecure);

/** The sign-in under way of this browser, if there is one. */
export function pendingIn(header: string | undefined): PendingSignIn | undefined {
  const text = new RegExp(`(?:^|;\\s*)${NAME}=([A-Za-z0-9_-]{1,4000})(?:;|$)`).exec(header ?? '')?.[1];
  if (text === undefined) return undefined;
  try {
    return pendingSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

const cookie = (value: string, maxAge: number, isSecure: boolean) =>
  `${NAME}=${value}; Path=${PATH}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
