import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGatewayServer } from '../../src/dicomweb/index.js';
import { openTlsFiles } from '../../src/net/index.js';
import { makeAuthority, type TestAuthority } from '../support/certificates.js';
import { eventually } from '../support/stack.js';

const dir = mkdtempSync(join(tmpdir(), 'esp-tls-'));
let authority: TestAuthority;
beforeAll(() => {
  authority = makeAuthority(join(dir, 'ca'));
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function serve(files: { certFile: string; keyFile: string; caFile?: string }) {
  const tls = openTlsFiles({ caFile: '', ...files }, 'gateway', 'only these');
  const server = createGatewayServer((_req, res) => res.end('here'), tls);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** One request on a connection of its own. @returns the name in the server's certificate */
const ask = (port: number, client: { cert?: string; key?: string } = {}) =>
  new Promise<string>((resolve, reject) => {
    const asked = httpsRequest(
      { host: '127.0.0.1', port, ca: authority.ca, agent: false, ...client },
      (response) => {
        const { subject }: PeerCertificate = (response.socket as TLSSocket).getPeerCertificate();
        response.resume().once('end', () => resolve(String(subject.CN)));
      },
    );
    asked.once('error', reject).end();
  });

describe('TLS in', () => {
  it(
    'a certificate that is exchanged is used without a restart, and a half-written one is not',
    { timeout: 60_000 },
    async () => {
      const [first, second] = [
        authority.issue({ name: 'first', use: 'server' }),
        authority.issue({ name: 'second', use: 'server' }),
      ];
      const files = { certFile: join(dir, 'gateway.pem'), keyFile: join(dir, 'gateway.key') };
      copyFileSync(first.certFile, files.certFile);
      copyFileSync(first.keyFile, files.keyFile);
      const { server, port } = await serve(files);
      try {
        expect(await ask(port)).toBe('first');
        // The key is still the first one's.
        writeFileSync(files.certFile, second.cert);
        await new Promise((resolve) => setTimeout(resolve, 2500));
        expect(await ask(port)).toBe('first');
        writeFileSync(files.keyFile, second.key);
        await eventually('the new certificate', async () => (await ask(port)) === 'second', 30_000);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    },
  );

  it(
    'with authorities of clients, only who shows a certificate of theirs is answered',
    { timeout: 60_000 },
    async () => {
      const files = authority.issue({ name: 'gateway', use: 'server' });
      const { server, port } = await serve({ ...files, caFile: authority.caFile });
      try {
        const stranger = makeAuthority(join(dir, 'other')).issue({ name: 'stranger', use: 'client' });
        expect(await ask(port, authority.issue({ name: 'modality', use: 'client' }))).toBe('gateway');
        await expect(ask(port)).rejects.toThrow();
        await expect(ask(port, stranger)).rejects.toThrow();
      } finally {
        server.closeAllConnections();
        server.close();
      }
    },
  );

  it('files that cannot be used end the start with the name of the setting', () => {
    const [one, other] = [
      authority.issue({ name: 'one', use: 'server' }),
      authority.issue({ name: 'other', use: 'server' }),
    ];
    const open = (files: object) => () =>
      openTlsFiles({ caFile: '', certFile: one.certFile, keyFile: one.keyFile, ...files }, 'gateway');
    expect(open({})).not.toThrow();
    expect(open({ keyFile: other.keyFile })).toThrow(
      /gateway\.certFile and gateway\.keyFile do not belong together/,
    );
    expect(open({ certFile: join(dir, 'absent') })).toThrow(/gateway\.certFile cannot be read \(ENOENT\)/);
    writeFileSync(join(dir, 'text'), 'no certificate');
    expect(open({ caFile: join(dir, 'text') })).toThrow(/gateway\.caFile holds no certificate/);
  });
});
