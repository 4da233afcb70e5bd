import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';

const SCHEMA = fileURLToPath(new URL('../audit/audit-message.rng', import.meta.url));

/** A syslog receiver on this machine that keeps what it gets. */
export interface AuditReceiver {
  readonly port: number;
  readonly url: string;
  /** Syslog messages, in the order in which they came. */
  readonly messages: string[];
  close(): Promise<void>;
}

/** RFC 5426. */
export async function startUdpReceiver(): Promise<AuditReceiver> {
  const socket = createSocket('udp4');
  const messages: string[] = [];
  socket.on('message', (bytes) => messages.push(bytes.toString('utf8')));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  return {
    port,
    url: `udp://127.0.0.1:${port}`,
    messages,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/**
 * RFC 5425: frames of a length in octets, a space and the message.
 * @param onFrame may return false to stop reading, as a receiver that hangs
 */
export async function startTlsReceiver(options: TlsOptions, port = 0): Promise<AuditReceiver> {
  const messages: string[] = [];
  const open = new Set<Socket>();
  const server = createServer(options, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    let kept: Buffer = Buffer.alloc(0);
    socket.on('data', (piece: Buffer) => {
      kept = Buffer.concat([kept, piece]);
      for (;;) {
        const space = kept.indexOf(' ');
        const length = Number(kept.toString('latin1', 0, space));
        if (space === -1 || kept.length < space + 1 + length) return;
        messages.push(kept.toString('utf8', space + 1, space + 1 + length));
        kept = kept.subarray(space + 1 + length);
      }
    });
  });
  server.on('tlsClientError', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const at = (server.address() as AddressInfo).port;
  return {
    port: at,
    url: `tls://127.0.0.1:${at}`,
    messages,
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The header of a syslog message (RFC 5424 §6), and its audit message. */
export function syslogParts(message: string) {
  const match =
    /^<(?<priority>\d+)>1 (?<at>\S+) (?<hostname>\S+) (?<app>\S+) (?<pid>\d+) (?<msgid>\S+) - (?<xml>.*)$/s.exec(
      message,
    );
  if (!match) throw new Error(`no syslog message: ${message.slice(0, 100)}`);
  return match.groups as Record<'priority' | 'at' | 'hostname' | 'app' | 'pid' | 'msgid' | 'xml', string>;
}

/**
 * Checks audit messages with xmllint against the schema of PS3.15 §A.5.1.
 * @throws Error with xmllint's words
 */
export function mustFollowSchema(documents: readonly string[]): void {
  const dir = mkdtempSync(join(tmpdir(), 'esp-audit-'));
  try {
    const files = documents.map((xml, index) => {
      const file = join(dir, `${index}.xml`);
      writeFileSync(file, xml);
      return file;
    });
    execFileSync('xmllint', ['--noout', '--relaxng', SCHEMA, ...files], { stdio: 'pipe' });
  } catch (error) {
    throw new Error(String((error as { stderr?: Buffer }).stderr ?? error), { cause: error });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What of an audit message tests look at. */
export function readAudit(xml: string) {
  const one = (pattern: RegExp) => pattern.exec(xml)?.[1];
  const decoded = (text: string | undefined) => text && Buffer.from(text, 'base64').toString('utf8');
  const participants = [...xml.matchAll(/<ActiveParticipant ([^>]*?)\/?>/g)].map(([, text]) => ({
    user: /UserID="([^"]*)"/.exec(text!)?.[1],
    requestor: /UserIsRequestor="([^"]*)"/.exec(text!)?.[1] === 'true',
    address: /NetworkAccessPointID="([^"]*)"/.exec(text!)?.[1],
  }));
  return {
    event: one(/<EventID [^>]*originalText="([^"]*)"/),
    code: one(/<EventID csd-code="([^"]*)"/),
    type: one(/<EventTypeCode [^>]*originalText="([^"]*)"/),
    action: one(/EventActionCode="([^"]*)"/),
    outcome: one(/EventOutcomeIndicator="([^"]*)"/),
    participants,
    object: one(/ParticipantObjectID="([^"]*)"/),
    objectType: one(/<ParticipantObjectIDTypeCode [^>]*originalText="([^"]*)"/),
    query: decoded(one(/<ParticipantObjectQuery>([^<]*)</)),
    alert: decoded(one(/type="Alert Description" value="([^"]*)"/)),
  };
}
