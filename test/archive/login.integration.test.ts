import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openArchive } from '../../src/archive/index.js';
import { loadSettings } from '../../src/config/index.js';
import { AppError } from '../../src/core/index.js';
import { freePort } from '../../src/demo/free-port.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { diagnose, finding } from '../doctor/diagnose.js';
import { type Answer, startProxy } from '../doctor/proxy.js';
import { writeBrightModel } from '../support/bright-model.js';
import { makeAuthority, type TestAuthority } from '../support/certificates.js';
import { finished, PROJECT_ROOT, segCount, type Stack, startStack } from '../support/stack.js';
import { ISSUER_CLIENT, startTokenIssuer, type TokenIssuer } from '../support/token-issuer.js';

let stack: Stack;
let authority: TestAuthority;
const dir = mkdtempSync(join(tmpdir(), 'esp-login-'));
const stops: (() => unknown)[] = [];

beforeAll(async () => {
  stack = await startStack();
  authority = makeAuthority(join(dir, 'ca'));
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  await stack?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The real Orthanc behind a proxy that lets in whom the guard lets in. */
async function guarded(guard: Answer, tls?: Parameters<typeof startProxy>[2]): Promise<string> {
  const proxy = await startProxy(stack.orthanc.orthancUrl, guard, tls);
  stops.push(proxy.close);
  return proxy.url;
}
const at = (url: string) => ({ ESP_ARCHIVE_DICOMWEB_URL: `${url}/dicom-web`, ESP_ARCHIVE_ORTHANC_URL: url });

function archiveOf(environment: Record<string, string>) {
  const archive = openArchive(loadSettings(PROJECT_ROOT, environment).archive);
  stops.push(() => archive.http.close());
  return archive;
}
const search = (environment: Record<string, string>) =>
  archiveOf(environment).dicomweb.searchStudies({ limit: 1, offset: 0 });
const failure = async (work: Promise<unknown>): Promise<AppError> => {
  const thrown: unknown = await work.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AppError);
  return thrown as AppError;
};

async function issuer(lifeSeconds?: number): Promise<TokenIssuer> {
  const started = await startTokenIssuer(lifeSeconds);
  stops.push(started.close);
  return started;
}
const clientOf = ({ issuer: url }: Pick<TokenIssuer, 'issuer'>) => ({
  ESP_ARCHIVE_OIDC_ISSUER: url,
  ESP_ARCHIVE_OIDC_CLIENT_ID: ISSUER_CLIENT.id,
  ESP_ARCHIVE_OIDC_CLIENT_SECRET: ISSUER_CLIENT.secret,
  ESP_ARCHIVE_OIDC_SCOPE: 'dicomweb',
});

describe('OAuth 2.0 client credentials against a real issuer', () => {
  it('one token serves all requests, also those at the same time', async () => {
    const tokens = await issuer();
    const archive = archiveOf({ ...at(await guarded(tokens.guard)), ...clientOf(tokens) });
    const asks = Array.from({ length: 20 }, () => archive.dicomweb.searchStudies({ limit: 1, offset: 0 }));
    await Promise.all(asks);
    expect((await archive.orthanc!.system()).version).toMatch(/^1\./);
    expect({ asked: tokens.asked(), refused: tokens.refused() }).toEqual({ asked: 1, refused: 0 });
  });

  it('is renewed before it ends: the archive never sees an old one', async () => {
    const tokens = await issuer(4);
    const archive = archiveOf({ ...at(await guarded(tokens.guard)), ...clientOf(tokens) });
    const until = Date.now() + 9000;
    while (Date.now() < until) {
      await archive.dicomweb.searchStudies({ limit: 1, offset: 0 });
      await sleep(100);
    }
    expect(tokens.asked()).toBeGreaterThanOrEqual(3);
    expect(tokens.refused()).toBe(0);
  });

  it('is asked for anew when the archive refuses it, and the caller notices nothing', async () => {
    const tokens = await issuer();
    const url = await guarded(tokens.guard);
    const archive = archiveOf({ ...at(url), ...clientOf(tokens) });
    await archive.dicomweb.searchStudies({ limit: 1, offset: 0 });
    await sleep(1100);
    tokens.withdraw();
    await archive.dicomweb.searchStudies({ limit: 1, offset: 0 });
    expect({ asked: tokens.asked(), refused: tokens.refused() }).toEqual({ asked: 2, refused: 1 });

    await sleep(1100);
    tokens.withdraw();
    const streamed = await archive.http.stream(`${url}/dicom-web/studies?limit=1`, {
      method: 'GET',
      headers: {},
      signal: AbortSignal.timeout(10_000),
    });
    await streamed.body.dump();
    expect({ status: streamed.statusCode, asked: tokens.asked() }).toEqual({ status: 200, asked: 3 });
  });

  it('an archive that trusts another issuer does not make us ask for a token with every request', async () => {
    const [ours, theirs] = [await issuer(), await issuer()];
    const archive = archiveOf({ ...at(await guarded(theirs.guard)), ...clientOf(ours) });
    const askFiveTimes = async () => {
      for (let count = 0; count < 5; count += 1) {
        const error = await failure(archive.dicomweb.searchStudies({ limit: 1, offset: 0 }));
        expect(error.code).toBe('ARCHIVE_DENIED');
      }
      return ours.asked();
    };
    // Once a second at most: the clock stands still, however long the requests take.
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      expect(await askFiveTimes()).toBe(1);
      vi.setSystemTime(Date.now() + 1000);
      expect(await askFiveTimes()).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('a wrong secret, a scope that is not given and an issuer that is away are told apart', async () => {
    const tokens = await issuer();
    const right = { ...at(await guarded(tokens.guard)), ...clientOf(tokens) };
    const wrongSecret = await failure(search({ ...right, ESP_ARCHIVE_OIDC_CLIENT_SECRET: 'wrong-word' }));
    expect(wrongSecret).toMatchObject({
      code: 'ARCHIVE_DENIED',
      message: expect.stringContaining('invalid_client') as string,
      settings: ['archive.oidcClientId', 'archive.oidcClientSecret'],
    });
    expect(wrongSecret.message).not.toContain('wrong-word');
    expect(await failure(search({ ...right, ESP_ARCHIVE_OIDC_SCOPE: 'other' }))).toMatchObject({
      code: 'ARCHIVE_DENIED',
      settings: ['archive.oidcScope'],
    });
    const nobody = `http://127.0.0.1:${await freePort()}`;
    expect(await failure(search({ ...right, ESP_ARCHIVE_OIDC_ISSUER: nobody }))).toMatchObject({
      code: 'ARCHIVE_UNREACHABLE',
      message: expect.stringContaining('ECONNREFUSED') as string,
      settings: ['archive.oidcIssuer'],
    });
    expect(
      await failure(search({ ...right, ESP_ARCHIVE_OIDC_ISSUER: stack.orthanc.orthancUrl })),
    ).toMatchObject({
      code: 'ARCHIVE_DENIED',
      settings: ['archive.oidcIssuer'],
    });
  });

  it('a study is segmented through the token proxy, and the viewer side reads through the gateway', async () => {
    const tokens = await issuer(6);
    const ours = await stack.start('all', {
      ...at(await guarded(tokens.guard)),
      ...clientOf(tokens),
      ESP_MODEL_MANIFEST: writeBrightModel(),
    });
    const phantom = phantomInstance({ kind: 'dermoscopy', width: 96, height: 80 });
    await ours.client.store(phantom.bytes);
    await finished(ours.client, phantom.studyInstanceUid);
    expect(await segCount(ours.client, phantom.studyInstanceUid)).toBe(1);
    expect(tokens.refused()).toBe(0);
    expect(ours.output()).not.toContain(ISSUER_CLIENT.secret);
  });
});

describe('other ways in', () => {
  const wants =
    (expected: Record<string, string>): Answer =>
    (incoming, outgoing) => {
      if (Object.entries(expected).every(([name, value]) => incoming.headers[name] === value)) return false;
      outgoing.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return true;
    };

  it('a Bearer token of the settings, with further headers', async () => {
    const url = await guarded(wants({ authorization: 'Bearer t0ken', 'x-api-key': 'key', 'x-tenant': '7' }));
    const settings = { ...at(url), ESP_ARCHIVE_TOKEN: 't0ken' };
    await search({ ...settings, ESP_ARCHIVE_HEADERS: '{"X-Api-Key": "key", "X-Tenant": "7"}' });
    expect((await failure(search(settings))).code).toBe('ARCHIVE_DENIED');
  });

  it('a Bearer token from a file that somebody else renews', async () => {
    let now = 'first';
    const url = await guarded((incoming, outgoing) =>
      wants({ authorization: `Bearer ${now}` })(incoming, outgoing),
    );
    const tokenFile = join(dir, 'token');
    const write = (token: string) => {
      writeFileSync(`${tokenFile}.new`, `${token}\n`);
      renameSync(`${tokenFile}.new`, tokenFile);
    };
    write('first');
    const archive = archiveOf({ ...at(url), ESP_ARCHIVE_TOKEN_FILE: tokenFile });
    await archive.dicomweb.searchStudies({ limit: 1, offset: 0 });
    await sleep(1100);
    write('second');
    now = 'second';
    await archive.dicomweb.searchStudies({ limit: 1, offset: 0 });
    const absent = await failure(search({ ...at(url), ESP_ARCHIVE_TOKEN_FILE: join(dir, 'absent') }));
    expect(absent).toMatchObject({ code: 'ARCHIVE_DENIED', settings: ['archive.tokenFile'] });
  });

  it('a client certificate, under an authority of the site, and exchanged without a restart', async () => {
    const server = authority.issue({ name: 'archive', use: 'server' });
    const url = await guarded(() => false, {
      ...server,
      ca: authority.ca,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const [client, other] = [
      authority.issue({ name: 'client', use: 'client' }),
      makeAuthority(join(dir, 'other')).issue({ name: 'stranger', use: 'client' }),
    ];
    const trusted = { ...at(url), ESP_ARCHIVE_CA_FILE: authority.caFile };
    const files = { ESP_ARCHIVE_CERT_FILE: client.certFile, ESP_ARCHIVE_KEY_FILE: client.keyFile };
    await search({ ...trusted, ...files });

    expect((await failure(search({ ...at(url), ...files }))).message).toContain('authority unknown here');
    expect((await failure(search(trusted))).message).toContain('a certificate of us');
    const [certFile, keyFile] = [join(dir, 'now.pem'), join(dir, 'now.key')];
    const put = ({ cert, key }: { cert: string; key: string }) => {
      writeFileSync(certFile, cert);
      writeFileSync(keyFile, key);
    };
    put(other);
    const archive = archiveOf({ ...trusted, ESP_ARCHIVE_CERT_FILE: certFile, ESP_ARCHIVE_KEY_FILE: keyFile });
    expect((await failure(archive.orthanc!.system())).code).toBe('ARCHIVE_UNREACHABLE');
    put(client);
    expect((await archive.orthanc!.system()).version).toMatch(/^1\./);
  });

  it.each([
    ['has expired', { days: -1 }, 'CERT_HAS_EXPIRED'],
    ['is for another name', { host: 'DNS:pacs.example' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('a certificate of the archive that %s is named as that', async (_what, subject, code) => {
    const server = authority.issue({ name: `odd-${code.toLowerCase()}`, use: 'server', ...subject });
    const url = await guarded(() => false, server);
    const error = await failure(search({ ...at(url), ESP_ARCHIVE_CA_FILE: authority.caFile }));
    expect(error).toMatchObject({
      code: 'ARCHIVE_UNREACHABLE',
      message: expect.stringContaining(code) as string,
    });
  });
});

describe('the doctor', () => {
  const challenge =
    (header: string, status = 401): Answer =>
    (_incoming, outgoing) => {
      outgoing.writeHead(status, { 'www-authenticate': header }).end();
      return true;
    };
  const verdict = async (environment: Record<string, string>) =>
    finding(await diagnose({ ESP_REDIS_URL: stack.redisUrl, ...environment }), 'archive.credentials');

  it.each([
    [
      'Bearer realm="x, Basic", scope="dicom"',
      {},
      'a Bearer token',
      /archive\.oidcIssuer .* archive\.oidcClientId/,
    ],
    ['Basic realm="Orthanc"', {}, 'HTTP Basic', /^archive\.username/],
    [
      'Basic realm="a", Bearer realm="b"',
      {},
      'HTTP Basic or a Bearer token',
      /archive\.oidcIssuer .*archive\.username/,
    ],
    ['Negotiate, NTLM', {}, 'Kerberos', /archive\.username/],
    ['Bearer error="invalid_token"', { ESP_ARCHIVE_TOKEN: 'old' }, 'invalid_token', /^archive\.token /],
    [
      'Bearer',
      { ESP_ARCHIVE_USERNAME: 'esp', ESP_ARCHIVE_PASSWORD: 'x' },
      'a Bearer token',
      /archive\.oidcIssuer/,
    ],
  ])('recognises what %s wants and names the setting', async (header, login, found, setting) => {
    const answer = await verdict({ ...at(await guarded(challenge(header))), ...login });
    expect(answer).toMatchObject({ status: 'fail', found: expect.stringContaining(found) as string });
    expect(answer.setting).toMatch(setting);
  });

  it('says of a token without the right that it is known', async () => {
    const url = await guarded(challenge('Bearer error="insufficient_scope", scope="dicom.write"', 403));
    const answer = await verdict({ ...at(url), ESP_ARCHIVE_TOKEN: 'reader' });
    expect(answer.advice).toContain('dicom.write');
  });

  it('says that no token can be had, and of which setting that comes', async () => {
    const tokens = await issuer();
    const settings = { ...at(await guarded(tokens.guard)), ...clientOf(tokens) };
    expect((await verdict(settings)).status).toBe('ok');
    const answer = await verdict({ ...settings, ESP_ARCHIVE_OIDC_CLIENT_SECRET: 'wrong-word' });
    expect(answer).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('invalid_client') as string,
      setting: expect.stringContaining('archive.oidcClientSecret (ESP_ARCHIVE_OIDC_CLIENT_SECRET)') as string,
    });
    expect(JSON.stringify(answer)).not.toContain('wrong-word');
  });
});
