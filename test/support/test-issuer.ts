import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import Provider, { type ClientMetadata } from 'oidc-provider';
import { type Dispatcher, type Headers, fetch } from 'undici';

export const AUDIENCE = 'urn:esp-medsam:test';

/** A real OpenID Connect issuer on this machine. */
export interface TestIssuer {
  readonly url: string;
  readonly port: number;
  /** The key that it signs with, with its private part. */
  readonly key: JWK;
  /** An access token (JWT) by client credentials, as a machine gets one. */
  accessToken(clientId: string, clientSecret: string): Promise<string>;
  close(): Promise<void>;
}

/** A pair of keys that an issuer signs with. */
export async function signingKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
}

/**
 * @param options.roles roles by the client's id or the person's name
 * @param options.port the same as before, for an issuer that comes back with other keys
 */
export async function startTestIssuer(options: {
  key: JWK;
  clients: ClientMetadata[];
  roles: Readonly<Record<string, readonly string[]>>;
  port?: number;
  /** By which browsers call it; `localhost` is another site than 127.0.0.1. */
  host?: string;
  /** It then speaks https. */
  tls?: ServerOptions;
}): Promise<TestIssuer> {
  const server = options.tls ? createTlsServer(options.tls) : createServer();
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `${options.tls ? 'https' : 'http'}://${options.host ?? '127.0.0.1'}:${port}`;
  const rolesOf = (name: string | undefined) => [...(options.roles[name ?? ''] ?? [])];
  const provider = new Provider(url, {
    clients: options.clients,
    jwks: { keys: [options.key as never] },
    cookies: { keys: ['cookies of the tests'] },
    claims: { openid: ['sub'], profile: ['preferred_username', 'roles'] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx) => (ctx.oidc.body?.grant_type === 'client_credentials' ? AUDIENCE : []),
        getResourceServerInfo: () => ({
          scope: '',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_ctx, token) => ({ roles: rolesOf(token.clientId) }),
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, preferred_username: sub, roles: rolesOf(sub) }),
    }),
  });
  // It warns that its sign-in pages are for tests: these are.
  server.on('request', provider.callback());
  return {
    url,
    port,
    key: options.key,
    async accessToken(clientId, clientSecret) {
      const answer = await fetch(`${url}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
      });
      const body = (await answer.json()) as { access_token?: string };
      if (!body.access_token) throw new Error(`no access token: ${JSON.stringify(body)}`);
      return body.access_token;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * A browser without scripts: follows redirects, keeps cookies by origin and path, sends forms.
 * @param dispatcher how it connects, for servers whose authority only tests know
 */
export function openBrowser(dispatcher?: Dispatcher) {
  const jar = new Map<string, string>();
  const keep = (url: URL, headers: Headers) => {
    for (const cookie of headers.getSetCookie()) {
      const [pair, ...attributes] = cookie.split(';').map((part) => part.trim());
      const [name, value] = pair!.split(/=(.*)/s) as [string, string];
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      const key = `${url.origin} ${path} ${name}`;
      if (value === '') jar.delete(key);
      else jar.set(key, value);
    }
  };
  const cookiesFor = (url: URL) =>
    [...jar]
      .map(([key, value]) => [...key.split(' '), value] as [string, string, string, string])
      .filter(([origin, path]) => origin === url.origin && url.pathname.startsWith(path))
      .map(([, , name, value]) => `${name}=${value}`)
      .join('; ');

  async function ask(url: URL, form?: Record<string, string>) {
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      headers: { cookie: cookiesFor(url), accept: 'text/html' },
      redirect: 'manual',
      ...(dispatcher ? { dispatcher } : {}),
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    keep(url, answer.headers);
    const location = answer.headers.get('location');
    return {
      url,
      status: answer.status,
      headers: answer.headers,
      text: await answer.text(),
      next: location === null ? undefined : new URL(location, url),
    };
  }
  type Page = Awaited<ReturnType<typeof ask>>;

  return {
    cookiesFor: (url: string) => cookiesFor(new URL(url)),
    get: (url: string) => ask(new URL(url)),
    /** Goes on until a page is shown; signs in at the issuer on the way. @param stopAt does not open this */
    async signIn(start: string, person: string, stopAt?: (url: URL) => boolean): Promise<Page> {
      let page = await ask(new URL(start));
      for (let step = 0; step < 20; step += 1) {
        if (page.next) {
          if (stopAt?.(page.next)) return page;
          page = await ask(page.next);
          continue;
        }
        const action = /<form[^>]*action="([^"]+)"/.exec(page.text)?.[1];
        const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1];
        if (!action || !prompt) return page;
        const form = prompt === 'login' ? { prompt, login: person, password: 'any' } : { prompt };
        page = await ask(new URL(action, page.url), form);
      }
      throw new Error('the sign-in does not end');
    },
  };
}
