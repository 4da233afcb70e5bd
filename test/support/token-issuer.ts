import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import type { Answer } from '../doctor/proxy.js';

/** An OpenID Connect issuer on loopback that gives tokens for client credentials. */
export interface TokenIssuer {
  readonly issuer: string;
  /** Requests to its token endpoint so far. */
  readonly asked: () => number;
  /** From now on no token that was given so far counts. */
  withdraw(): void;
  /** Lets requests with a token of this issuer pass, and counts those refused. */
  readonly guard: Answer;
  readonly refused: () => number;
  close(): void;
}

export const ISSUER_CLIENT = { id: 'esp-medsam', secret: 'secret of the "client": &%+=/' } as const;

/** @param lifeSeconds how long a token is good */
export async function startTokenIssuer(lifeSeconds = 300): Promise<TokenIssuer> {
  let listener: RequestListener = () => undefined;
  const server = createServer((req, res) => listener(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: ISSUER_CLIENT.id,
        client_secret: ISSUER_CLIENT.secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        scope: 'dicomweb',
      },
    ],
    scopes: ['dicomweb', 'other'],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    ttl: { ClientCredentials: lifeSeconds },
  });
  const app = provider.callback();
  let [asked, refused, since] = [0, 0, 0];
  listener = (req, res) => {
    if (req.url?.startsWith('/token')) asked += 1;
    void app(req, res);
  };
  const given = new Map<string, number>();
  return {
    issuer,
    asked: () => asked,
    refused: () => refused,
    withdraw() {
      since = given.size;
    },
    guard: async (incoming, outgoing) => {
      const value = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
      const token = value === '' ? undefined : await provider.ClientCredentials.find(value);
      if (token !== undefined && !given.has(value)) given.set(value, given.size);
      const good = token !== undefined && token.scope === 'dicomweb' && given.get(value)! >= since;
      if (good) return false;
      refused += 1;
      const error = value === '' ? '' : ', error="invalid_token"';
      outgoing.writeHead(401, { 'www-authenticate': `Bearer realm="archive, of tests"${error}` }).end();
      return true;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
