import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSyslogSender, receiverAddress, type SyslogSender } from '../../src/audit/syslog-sender.js';
import { openTlsFiles } from '../../src/net/index.js';
import { type AuditReceiver, startTlsReceiver, startUdpReceiver } from '../support/audit-receiver.js';
import { makeAuthority, type TestAuthority, type TestCertificate } from '../support/certificates.js';
import { freePort } from '../../src/demo/free-port.js';

const WAIT = { timeout: 30_000, interval: 20 };
let dir: string;
let authority: TestAuthority;
let server: TestCertificate;
let client: TestCertificate;
const open: { close(): Promise<void> }[] = [];

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'esp-syslog-'));
  authority = makeAuthority(dir);
  server = authority.issue({ name: 'receiver', use: 'server' });
  client = authority.issue({ name: 'sender', use: 'client' });
}, 60_000);
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const tlsOptions = () => ({ cert: server.cert, key: server.key });
function send(
  url: string,
  files: { ca?: boolean; client?: boolean } = { ca: true },
  max = 1000,
): SyslogSender {
  const tls = openTlsFiles(
    {
      caFile: files.ca ? authority.caFile : '',
      certFile: files.client ? client.certFile : '',
      keyFile: files.client ? client.keyFile : '',
    },
    'audit',
  );
  const sender = openSyslogSender(receiverAddress(url), { tls, max });
  open.push({ close: () => sender.close(0) });
  return sender;
}
async function receiver(start: Promise<AuditReceiver>): Promise<AuditReceiver> {
  const started = await start;
  open.push(started);
  return started;
}

describe('an address of a receiver', () => {
  it('has the standard port unless it names one', () => {
    expect(receiverAddress('tls://audit.example')).toEqual({
      protocol: 'tls',
      host: 'audit.example',
      port: 6514,
    });
    expect(receiverAddress('udp://audit.example')).toEqual({
      protocol: 'udp',
      host: 'audit.example',
      port: 514,
    });
    expect(receiverAddress('tls://[2001:db8::1]:7000')).toEqual({
      protocol: 'tls',
      host: '2001:db8::1',
      port: 7000,
    });
  });
});

describe('a receiver over UDP', { timeout: 60_000 }, () => {
  it('gets one datagram a message', async () => {
    const to = await receiver(startUdpReceiver());
    const sender = send(to.url);
    for (let n = 0; n < 20; n += 1) sender.send(`message ${n}`);
    await vi.waitFor(() => expect(to.messages).toHaveLength(20), WAIT);
    // The receiver may have a message before its sender hears that it went.
    await vi.waitFor(
      () => expect(sender.state()).toEqual({ waiting: 0, sent: 20, dropped: 0, problem: '' }),
      WAIT,
    );
  });
});

describe('a receiver over TLS', { timeout: 60_000 }, () => {
  it('gets every message in its order, whatever is in it', async () => {
    const to = await receiver(startTlsReceiver(tlsOptions()));
    const sender = send(to.url);
    const messages = Array.from({ length: 300 }, (_, n) => `${n} ${'x'.repeat(n * 10)} 12 <85>`);
    for (const message of messages) sender.send(message);
    await vi.waitFor(() => expect(to.messages).toHaveLength(300), WAIT);
    expect(to.messages).toEqual(messages);
  });

  it('may want our certificate', async () => {
    const wants = { ...tlsOptions(), ca: authority.ca, requestCert: true, rejectUnauthorized: true };
    const to = await receiver(startTlsReceiver(wants));
    const sender = send(to.url, { ca: true, client: true });
    sender.send('known');
    await vi.waitFor(() => expect(to.messages).toEqual(['known']), WAIT);
  });

  it('whose certificate nobody here knows gets nothing, and the reason is named', async () => {
    const to = await receiver(startTlsReceiver(tlsOptions()));
    const sender = send(to.url, {});
    sender.send('secret');
    await vi.waitFor(() => expect(sender.state().problem).toContain('authority unknown here'), WAIT);
    expect(sender.state()).toMatchObject({ waiting: 1, sent: 0 });
    expect(to.messages).toEqual([]);
  });

  it('that is away is waited for: nothing is lost up to the bound, then the number dropped is counted', async () => {
    const port = await freePort();
    const sender = send(`tls://127.0.0.1:${port}`, { ca: true }, 100);
    const began = performance.now();
    for (let n = 0; n < 5000; n += 1) sender.send(`message ${n}`);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(sender.state()).toMatchObject({ waiting: 100, dropped: 4900 });
    const to = await receiver(startTlsReceiver(tlsOptions(), port));
    await vi.waitFor(() => expect(to.messages).toHaveLength(100), WAIT);
    expect(to.messages[0]).toBe('message 0');
    await vi.waitFor(
      () => expect(sender.state()).toMatchObject({ waiting: 0, sent: 100, dropped: 4900, problem: '' }),
      WAIT,
    );
  });

  it('that was started anew is found again', async () => {
    const port = await freePort();
    const first = await startTlsReceiver(tlsOptions(), port);
    const sender = send(first.url);
    sender.send('one');
    await vi.waitFor(() => expect(first.messages).toEqual(['one']), WAIT);
    await first.close();
    const second = await receiver(startTlsReceiver(tlsOptions(), port));
    // What was written to the connection that ended may be lost, as RFC 5425 says; what is sent later is not.
    await vi.waitFor(() => {
      sender.send('two');
      expect(second.messages).toContain('two');
    }, WAIT);
  });
});

it(
  'an end waits for messages on their way, and not for a receiver that is away',
  { timeout: 60_000 },
  async () => {
    const to = await receiver(startTlsReceiver(tlsOptions()));
    const sender = send(to.url);
    for (let n = 0; n < 50; n += 1) sender.send(`last ${n}`);
    await sender.close(20_000);
    await vi.waitFor(() => expect(to.messages).toHaveLength(50), WAIT);
    const nowhere = send(`tls://127.0.0.1:${await freePort()}`);
    nowhere.send('lost');
    await vi.waitFor(() => expect(nowhere.state().problem).not.toBe(''), WAIT);
    const began = performance.now();
    await nowhere.close(20_000);
    expect(performance.now() - began).toBeLessThan(10_000);
  },
);
