import { Agent, fetch, request } from 'undici';
import { connectionError, openOutbound, openTlsFiles } from '../../net/index.js';
import type { Check } from '../check.js';
import { isLoopback } from '../../core/index.js';
import { isSurfaceOpen, type Settings, settingWarnings, surfaceAccess } from '../../config/index.js';
import { fail, ok, skipped, warn } from '../finding.js';
import { settingName } from '../setting-name.js';

/** Where the gateway is, seen from this machine; undefined when its port is chosen at start. */
export function gatewayUrl({ gateway: { host, port, certFile } }: Settings): string | undefined {
  if (port === 0) return undefined;
  const name =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `${certFile === '' ? 'http' : 'https'}://${name}:${port}`;
}

/**
 * Asks the gateway of these settings. Its certificate is for the name that people use, not for this machine's; where it
 * lets in clients with a certificate only, we show that of `gateway.checkCertFile`.
 */
export async function askGateway(
  url: string,
  { checkCertFile, checkKeyFile }: Pick<Settings['gateway'], 'checkCertFile' | 'checkKeyFile'>,
  headers: Record<string, string> = {},
) {
  const ours = openTlsFiles({ caFile: '', certFile: checkCertFile, keyFile: checkKeyFile }, 'gateway');
  const dispatcher = new Agent({ connect: { ...ours.current(), rejectUnauthorized: false } });
  try {
    const { statusCode, body } = await request(url, {
      dispatcher,
      headers,
      signal: AbortSignal.timeout(8000),
    });
    return { status: statusCode, text: await body.text() };
  } finally {
    await dispatcher.destroy();
  }
}

/** Whether the gateway answers and finds its servers. */
export const gatewayReady: Check = {
  id: 'gateway.ready',
  title: 'The gateway is ready',
  async run({ settings }) {
    const base = gatewayUrl(settings);
    if (base === undefined) return skipped('gateway.port is 0: the port is chosen at start');
    const { caFile, checkCertFile } = settings.gateway;
    if (caFile !== '' && checkCertFile === '') {
      return warn(
        `${base} lets in clients with a certificate of ${caFile} only, and the doctor has none`,
        "Have a certificate made for the doctor and the container's health check.",
        `${settingName('gateway.checkCertFile')}, ${settingName('gateway.checkKeyFile')}`,
      );
    }
    const status = await askGateway(`${base}/readyz`, settings.gateway).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) return ok(`${base}/readyz answers 200`);
    if (status === undefined) {
      return warn(
        `Nothing answers at ${base}/readyz`,
        'Start it (esp-medsam serve, or all), or run the doctor where it runs.',
        `${settingName('gateway.host')}, ${settingName('gateway.port')}`,
      );
    }
    return fail(
      `${base}/readyz answers ${status}`,
      'The findings on archive and Redis say what it misses.',
      '',
    );
  },
};

/** Whether health data are offered to a network without a token. */
export const gatewayTokens: Check = {
  id: 'gateway.tokens',
  title: 'Who may use the gateway is settled',
  async run({ settings }) {
    const { gateway, admin, dicomweb, hook } = settings;
    const tokens = {
      'admin.token': admin.token,
      'admin.operatorToken': admin.operatorToken,
      'admin.viewerToken': admin.viewerToken,
      'dicomweb.token': dicomweb.token,
      'hook.token': hook.token,
    } as const;
    const open = (['dicomweb', 'viewer', 'hook'] as const).filter((surface) =>
      isSurfaceOpen(settings, surface),
    );
    if (!isLoopback(gateway.host)) {
      const missing = (['admin.token', 'hook.token'] as const).filter(
        (name) =>
          tokens[name] === '' &&
          settings.access.signIn === 'auto' &&
          !(name === 'admin.token' && settings.oidc.issuer !== '') &&
          !(name === 'hook.token' && open.includes('hook')),
      );
      if (missing.length > 0) {
        return fail(
          `The gateway listens on ${gateway.host}, which is not loopback, without ${missing.join(' and ')}`,
          'Set them to long random texts (openssl rand -hex 24), or let it listen on 127.0.0.1.',
          missing.map(settingName).join(', '),
        );
      }
    }
    const [warning, ...more] = settingWarnings(settings);
    if (warning !== undefined) {
      const advice =
        'Take a long random text of its own for each token (openssl rand -hex 24), and open nothing that people sign in to.';
      return warn(
        [warning, ...more].join('; '),
        advice,
        'the tokens of the sections admin, dicomweb and hook, and access.open',
      );
    }
    const set = Object.entries(tokens).flatMap(([name, token]) => (token === '' ? [] : [name]));
    const anybody = open.length > 0 ? `; without sign-in: ${open.join(', ')}` : '';
    if (set.length > 0) return ok(`Set: ${set.join(', ')}${anybody}`);
    return ok(
      `No token is set; it listens on ${gateway.host} only, where every user of this machine is administrator`,
    );
  },
};

/** Which surface is open to whom. */
export const gatewaySurfaces: Check = {
  id: 'gateway.surfaces',
  title: 'Each surface is open to whom it should be',
  async run({ settings }) {
    return ok(
      surfaceAccess(settings)
        .map(({ surface, who }) => `${surface}: ${who}`)
        .join('; '),
    );
  },
};

const ISSUER_TIMEOUT_MS = 8000;

/** Whether the OpenID Connect issuer describes itself as its settings say (OpenID Connect Discovery 1.0 §4). */
export const gatewayIssuer: Check = {
  id: 'gateway.issuer',
  title: 'The OpenID Connect issuer answers',
  async run({ settings: { oidc } }) {
    if (oidc.issuer === '') return skipped('oidc.issuer is empty: nobody signs in by an issuer');
    const withoutSlash = (address: string) => address.replace(/\/+$/, '');
    const url = `${withoutSlash(oidc.issuer)}/.well-known/openid-configuration`;
    const wrong = (found: string) =>
      fail(
        found,
        'People cannot sign in by it, and access tokens are refused. Correct the address, or start the issuer.',
        settingName('oidc.issuer'),
      );
    const dispatcher = openOutbound(openTlsFiles(oidc, 'oidc'), { timeoutMs: ISSUER_TIMEOUT_MS });
    const asked = await fetch(url, { dispatcher, signal: AbortSignal.timeout(ISSUER_TIMEOUT_MS) })
      .then(async (answer) => ({ ok: answer.ok, status: answer.status, text: await answer.text() }))
      .catch((error: unknown) => ({ error }))
      .finally(() => void dispatcher.destroy());
    if ('error' in asked) return wrong(`Nothing answers at ${url}: ${connectionError(asked.error)}`);
    const answer = asked;
    if (!answer.ok) return wrong(`${url} answers ${answer.status}`);
    const { issuer, jwks_uri: keys } = jsonOf(answer.text);
    if (withoutSlash(String(issuer)) !== withoutSlash(oidc.issuer)) {
      return wrong(`${url} is the description of another issuer`);
    }
    return typeof keys === 'string'
      ? ok(`${oidc.issuer} describes itself`)
      : wrong(`${url} names no jwks_uri`);
  },
};

function jsonOf(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
