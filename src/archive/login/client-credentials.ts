import * as oauth from 'openid-client';
import { fetch, type Dispatcher } from 'undici';
import type { Settings } from '../../config/index.js';
import { AppError } from '../../core/index.js';
import { connectionError } from '../../net/index.js';
import { bearer, type ArchiveLogin } from './login.js';

type OidcSettings = Pick<
  Settings['archive'],
  | 'oidcIssuer'
  | 'oidcTokenUrl'
  | 'oidcClientId'
  | 'oidcClientSecret'
  | 'oidcScope'
  | 'oidcAudience'
  | 'certFile'
>;

interface Token {
  readonly value: string;
  /** Milliseconds since 1970; Infinity for a token without a known end. */
  readonly renewAt: number;
  readonly endsAt: number;
  readonly since: number;
}

const TIMEOUT_S = 10;
/** A token is renewed so long before its end, or when a fifth of its time is left. */
const RENEW_AHEAD_MS = 60_000;
/** An archive that refuses a token younger than this would refuse the next one as well. */
const YOUNG_MS = 1000;
/** After a failure the issuer is left alone for so long. */
const RETRY_AFTER_MS = 1000;

/**
 * Tokens by OAuth 2.0 client credentials (RFC 6749 §4.4). One token serves all requests; it is renewed before it ends
 * and when the archive refuses it.
 * @param dispatcher connections with the archive's authorities and client certificate
 */
export function clientCredentialsLogin(settings: OidcSettings, dispatcher: Dispatcher): ArchiveLogin {
  let token: Token | undefined;
  let pending: Promise<Token> | undefined;
  let failed: { readonly error: unknown; readonly at: number } | undefined;
  let configuration: Promise<oauth.Configuration> | undefined;

  async function ask(): Promise<Token> {
    configuration ??= configure(settings, dispatcher);
    const configured = await configuration.catch((error: unknown) => {
      configuration = undefined;
      throw error;
    });
    const asked = Date.now();
    const answer = await oauth.clientCredentialsGrant(configured, {
      ...(settings.oidcScope === '' ? {} : { scope: settings.oidcScope }),
      ...(settings.oidcAudience === '' ? {} : { audience: settings.oidcAudience }),
    });
    const life = answer.expires_in === undefined ? Infinity : answer.expires_in * 1000;
    const ahead = Math.min(RENEW_AHEAD_MS, life / 5);
    return { value: answer.access_token, since: asked, endsAt: asked + life, renewAt: asked + life - ahead };
  }

  function renew(): Promise<Token> {
    if (failed !== undefined && Date.now() - failed.at < RETRY_AFTER_MS) return Promise.reject(failed.error);
    pending ??= ask()
      .then(
        (fresh) => {
          failed = undefined;
          return (token = fresh);
        },
        (thrown: unknown) => {
          const error = asArchiveError(thrown, settings);
          failed = { error, at: Date.now() };
          throw error;
        },
      )
      .finally(() => (pending = undefined));
    return pending;
  }

  return {
    async headers() {
      const now = Date.now();
      if (token !== undefined && now < token.renewAt) return bearer(token.value);
      const old = token;
      const fresh = await renew().catch((error: unknown) => {
        // The issuer is away, but what it gave is still good.
        if (old !== undefined && Date.now() < old.endsAt) return old;
        throw error;
      });
      return bearer(fresh.value);
    },
    refused({ authorization }) {
      if (token === undefined || authorization !== bearer(token.value).authorization) return true;
      if (Date.now() - token.since < YOUNG_MS) return false;
      token = undefined;
      return true;
    },
  };
}

async function configure(settings: OidcSettings, dispatcher: Dispatcher): Promise<oauth.Configuration> {
  const { oidcIssuer, oidcTokenUrl, oidcClientId } = settings;
  const secret = settings.oidcClientSecret;
  const prepare = (configuration: oauth.Configuration) => {
    configuration[oauth.customFetch] = (url, options) =>
      fetch(url, { ...(options as object), dispatcher }) as unknown as Promise<Response>;
    configuration.timeout = TIMEOUT_S;
    // Plain http is for an issuer on this machine or behind the same proxy; the settings say so by their URL.
    if (new URL(oidcTokenUrl || oidcIssuer).protocol === 'http:') oauth.allowInsecureRequests(configuration);
    return configuration;
  };
  if (oidcTokenUrl !== '') {
    const server = { issuer: new URL(oidcTokenUrl).origin, token_endpoint: oidcTokenUrl };
    // RFC 6749 §2.3.1: every server takes HTTP Basic.
    const auth = secret === '' ? oauth.TlsClientAuth() : oauth.ClientSecretBasic(secret);
    return prepare(new oauth.Configuration(server, oidcClientId, {}, auth));
  }
  const insecure = oidcIssuer.startsWith('http:');
  const found = await oauth.discovery(new URL(oidcIssuer), oidcClientId, undefined, oauth.None(), {
    timeout: TIMEOUT_S,
    execute: insecure ? [oauth.allowInsecureRequests] : [],
    [oauth.customFetch]: (url, options) =>
      fetch(url, { ...(options as object), dispatcher }) as unknown as Promise<Response>,
  });
  const server = found.serverMetadata();
  return prepare(new oauth.Configuration(server, oidcClientId, {}, authenticationFor(server, secret)));
}

/** The way to show the secret that the server offers; HTTP Basic where it names none (RFC 8414 §2). */
function authenticationFor(server: oauth.ServerMetadata, secret: string): oauth.ClientAuth {
  if (secret === '') return oauth.TlsClientAuth();
  const offered = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return offered.includes('client_secret_basic')
    ? oauth.ClientSecretBasic(secret)
    : oauth.ClientSecretPost(secret);
}

/** Nothing of the issuer's own words but the code of RFC 6749 §5.2. */
function asArchiveError(thrown: unknown, settings: OidcSettings): AppError {
  if (thrown instanceof AppError) return thrown;
  const where = settings.oidcTokenUrl === '' ? 'archive.oidcIssuer' : 'archive.oidcTokenUrl';
  // RFC 6749 §5.2: a client that used the header Authorization is refused with 401 and a challenge.
  const challenged = thrown instanceof oauth.WWWAuthenticateChallengeError;
  if (challenged || thrown instanceof oauth.ResponseBodyError) {
    const code = challenged
      ? 'invalid_client'
      : /^[a-z_]{1,40}$/.test(thrown.error)
        ? thrown.error
        : 'an unknown error';
    const named =
      code === 'invalid_scope' ? ['archive.oidcScope'] : ['archive.oidcClientId', 'archive.oidcClientSecret'];
    return new AppError('ARCHIVE_DENIED', `The token endpoint of ${where} gives no token: ${code}`, {
      cause: thrown,
      settings: named,
    });
  }
  const options = { cause: thrown, settings: [where] };
  const chain = causesOf(thrown);
  const status = chain.find((cause) => typeof cause.status === 'number')?.status;
  if (status !== undefined) {
    const code = Number(status) >= 500 || status === 429 ? 'ARCHIVE_UNREACHABLE' : 'ARCHIVE_DENIED';
    return new AppError(code, `${where} answers ${Number(status)}, and not as an OAuth 2.0 server`, options);
  }
  const odd = chain.find(
    ({ code }) => typeof code === 'string' && /^OAUTH_(?!TIMEOUT)[A-Z_]+$/.test(code),
  )?.code;
  if (odd !== undefined) {
    return new AppError(
      'ARCHIVE_DENIED',
      `${where} does not answer as an OAuth 2.0 server (${String(odd)})`,
      options,
    );
  }
  return new AppError('ARCHIVE_UNREACHABLE', `${where}: ${connectionError(thrown)}`, options);
}

/** What was thrown and what is behind it, the outermost first. */
function causesOf(thrown: unknown): { code?: unknown; status?: unknown; cause?: unknown }[] {
  const chain: { cause?: unknown }[] = [];
  for (let at = thrown; typeof at === 'object' && at !== null && chain.length < 5; at = (at as Error).cause) {
    chain.push(at);
  }
  return chain;
}
