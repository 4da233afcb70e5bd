import { createSocket } from 'node:dgram';
import { connect, type TLSSocket } from 'node:tls';
import { within } from '../core/index.js';
import { connectionError, type OpenTlsFiles } from '../net/index.js';
import { tlsFrame } from './syslog-message.js';

const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** How sending goes. */
export interface SenderState {
  /** Messages that wait for the receiver. */
  readonly waiting: number;
  readonly sent: number;
  /** Messages that found no place among those that wait, or that could not be sent. */
  readonly dropped: number;
  /** Why the receiver cannot be reached; empty when it can, or was not tried. */
  readonly problem: string;
}

/** Sends syslog messages one after another, in the background. */
export interface SyslogSender {
  /** Returns at once; the message is sent as soon as the receiver takes it, or dropped when too many wait. */
  send(message: string): void;
  state(): SenderState;
  /** Waits for what is left, `patienceMs` at most; then what still waits is lost. */
  close(patienceMs: number): Promise<void>;
}

/** Where a receiver is. */
export interface ReceiverAddress {
  readonly protocol: 'tls' | 'udp';
  readonly host: string;
  readonly port: number;
}

/** The standard ports: RFC 5425 §4.1, RFC 5426 §3.3. */
const PORTS = { tls: 6514, udp: 514 } as const;

/** @param url `tls://host` or `udp://host`, with a port where it is not the standard one */
export function receiverAddress(url: string): ReceiverAddress {
  const { protocol, hostname, port } = new URL(url);
  const name = protocol === 'udp:' ? 'udp' : 'tls';
  return {
    protocol: name,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? PORTS[name] : Number(port),
  };
}

/** @param options.max messages that may wait at a time */
export function openSyslogSender(
  address: ReceiverAddress,
  options: { tls: OpenTlsFiles; max: number },
): SyslogSender {
  return address.protocol === 'udp' ? overUdp(address, options.max) : overTls(address, options);
}

/** RFC 5426: one datagram a message. That it arrived is not told. */
function overUdp({ host, port }: ReceiverAddress, max: number): SyslogSender {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' });
  socket.unref();
  socket.on('error', () => undefined);
  let [waiting, sent, dropped, problem] = [0, 0, 0, ''];
  let idle: (() => void) | undefined;
  return {
    send(message) {
      if (waiting >= max) return void (dropped += 1);
      waiting += 1;
      socket.send(message, port, host, (error) => {
        waiting -= 1;
        problem = error ? connectionError(error) : '';
        if (error) dropped += 1;
        else sent += 1;
        if (waiting === 0) idle?.();
      });
    },
    state: () => ({ waiting, sent, dropped, problem }),
    async close(patienceMs) {
      if (waiting > 0) await waitFor(patienceMs, (done) => (idle = done));
      socket.close();
    },
  };
}

/** RFC 5425. A message leaves the queue when the connection has taken it whole; a new connection begins with the oldest. */
function overTls(address: ReceiverAddress, { tls, max }: { tls: OpenTlsFiles; max: number }): SyslogSender {
  const queue: string[] = [];
  let [sent, dropped, problem] = [0, 0, ''];
  let socket: TLSSocket | undefined;
  let isOpen = false;
  let isWriting = false;
  let retryMs = FIRST_RETRY_MS;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;
  let idle: (() => void) | undefined;

  function open(): void {
    if (socket || retry || closed) return;
    const made = connect({
      host: address.host,
      port: address.port,
      ...tls.current(),
      minVersion: 'TLSv1.2',
      timeout: CONNECT_TIMEOUT_MS,
    });
    socket = made;
    made.unref();
    made.setKeepAlive(true, 30_000);
    made.once('secureConnect', () => {
      made.setTimeout(0);
      isOpen = true;
      problem = '';
      write();
    });
    made.once('timeout', () => made.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    made.on('error', (error) => (problem = connectionError(error)));
    // A receiver says nothing; when it ends its side, it listens no more.
    made.on('end', () => made.destroy());
    made.resume();
    made.once('close', () => {
      if (isOpen) retryMs = FIRST_RETRY_MS;
      else if (problem === '') problem = 'the connection was closed';
      socket = undefined;
      isOpen = isWriting = false;
      if (queue.length === 0 || closed) return;
      retry = setTimeout(() => {
        retry = undefined;
        open();
      }, retryMs);
      retry.unref();
      retryMs = Math.min(MAX_RETRY_MS, retryMs * 2);
    });
  }

  function write(): void {
    if (!socket || !isOpen || isWriting) return;
    const message = queue[0];
    if (message === undefined) return void idle?.();
    const to = socket;
    isWriting = true;
    to.write(tlsFrame(message), (error) => {
      if (to !== socket) return;
      isWriting = false;
      if (error) return;
      queue.shift();
      sent += 1;
      write();
    });
  }

  return {
    send(message) {
      if (queue.length >= max) return void (dropped += 1);
      queue.push(message);
      if (isOpen) write();
      else open();
    },
    state: () => ({ waiting: queue.length, sent, dropped, problem }),
    async close(patienceMs) {
      if (queue.length > 0 && (isOpen || problem === '')) await waitFor(patienceMs, (done) => (idle = done));
      closed = true;
      clearTimeout(retry);
      socket?.end();
      socket?.destroySoon();
    },
  };
}

/** Waits for a call, but not for long. */
const waitFor = (ms: number, wait: (done: () => void) => void): Promise<void> =>
  within(ms, new Promise<void>(wait)).catch(() => undefined);
