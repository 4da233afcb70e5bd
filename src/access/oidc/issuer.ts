import { createRemoteJWKSet, customFetch } from 'jose';
import * as client from 'openid-client';
import { fetch } from 'undici';
import type { Settings } from '../../config/index.js';
import { AppError, isLoopback } from '../../core/index.js';
import { connectionError, openOutbound, openTlsFiles } from '../../net/index.js';

const TIMEOUT_S = 10;
/** After a failure the issuer is left alone for so long. */
const RETRY_AFTER_MS = 5000;
/** How often its description is read again: a moved endpoint is found within an hour. */
const DISCOVERY_MAX_AGE_MS = 3_600_000;
/** An unknown key makes its keys be read again, but not more often than this: forged tokens must not flood it. */
const KEYS_COOLDOWN_MS = 5000;
const KEYS_MAX_AGE_MS = 600_000;

/** What is known of the issuer by OpenID Connect Discovery 1.0. */
export interface IssuerDescription {
  readonly configuration: client.Configuration;
  /** Its keys, read when they are needed and again when an unknown one is named. */
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
}

/**
 * Reads what the issuer says of itself, once for all requests of an hour.
 * @returns a function that throws AppError `ISSUER_UNREACHABLE` when it cannot be read
 */
export function openIssuer(settings: Settings['oidc']): () => Promise<IssuerDescription> {
  let known: { readonly at: number; readonly description: Promise<IssuerDescription> } | undefined;
  let failedAt = 0;
  const dispatcher = openOutbound(openTlsFiles(settings, 'oidc'), { timeoutMs: TIMEOUT_S * 1000 });
  /** By the site's authorities and with our certificate, where the settings name them. */
  const ask = (url: string, options: unknown) =>
    fetch(url, { ...(options as object), dispatcher }) as unknown as Promise<Response>;

  async function discover(): Promise<IssuerDescription> {
    const url = new URL(settings.issuer);
    const execute = isLoopback(url.hostname.replace(/^\[|\]$/g, '')) ? [client.allowInsecureRequests] : [];
    const configuration = await client.discovery(
      url,
      settings.clientId || 'esp-medsam',
      { [client.clockTolerance]: settings.clockSkewSeconds },
      clientAuthentication(settings),
      { execute, timeout: TIMEOUT_S, [client.customFetch]: ask },
    );
    configuration[client.customFetch] = ask;
    // The signature of the ID token is checked although it comes over TLS.
    client.enableNonRepudiationChecks(configuration);
    const { jwks_uri: keysUrl } = configuration.serverMetadata();
    if (keysUrl === undefined) throw new AppError('ISSUER_UNREACHABLE', 'The issuer names no jwks_uri');
    const keys = createRemoteJWKSet(new URL(keysUrl), {
      cooldownDuration: KEYS_COOLDOWN_MS,
      cacheMaxAge: KEYS_MAX_AGE_MS,
      timeoutDuration: TIMEOUT_S * 1000,
      [customFetch]: ask,
    });
    return { configuration, keys };
  }

  return async () => {
    if (known && Date.now() - known.at < DISCOVERY_MAX_AGE_MS) return known.description;
    if (Date.now() - failedAt < RETRY_AFTER_MS) throw unreachable();
    const description = discover();
    const before = known;
    known = { at: Date.now(), description };
    try {
      return await description;
    } catch (cause) {
      failedAt = Date.now();
      known = before;
      // Once known it stays known: an issuer that is away for a moment signs nobody out.
      if (before) return before.description;
      throw cause instanceof AppError ? cause : unreachable(cause);
    }
  };
}

/** What is said when the issuer does not answer; its own words may quote what was sent, those of the connection do not. */
export const unreachable = (cause?: unknown) => {
  const why = cause === undefined ? '' : `: ${connectionError(cause)}`;
  return new AppError(
    'ISSUER_UNREACHABLE',
    `The OpenID Connect issuer (oidc.issuer) does not answer as it should${why}`,
    { cause },
  );
};

/** How the client proves itself: HTTP Basic unless the issuer takes the body only; nothing without a secret. */
function clientAuthentication({ clientSecret }: Settings['oidc']): client.ClientAuth {
  if (clientSecret === '') return client.None();
  const [basic, post] = [client.ClientSecretBasic(clientSecret), client.ClientSecretPost(clientSecret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported;
    return (methods && !methods.includes('client_secret_basic') ? post : basic)(server, ...rest);
  };
}
