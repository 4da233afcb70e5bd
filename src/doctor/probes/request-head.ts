import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { TlsMaterial } from '../../net/index.js';

const WAIT_MS = 1500;

/**
 * Sends the head of a POST with `Expect: 100-continue` and looks at the first answer; then the connection is closed.
 * No byte of a body is sent, so that nothing can be stored.
 * @param tls authorities and client certificate, for https
 * @returns the status, 100 for "go on", or `silent` when nothing came within 1.5 s
 */
export function requestHead(
  url: string,
  headers: Readonly<Record<string, string>>,
  tls: TlsMaterial = {},
): Promise<number | 'silent'> {
  const send = url.startsWith('https:') ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, { method: 'POST', headers, agent: false, ...tls });
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      request.destroy();
      finish();
    };
    const timer = setTimeout(() => settle(() => resolve('silent')), WAIT_MS);
    request.once('continue', () => settle(() => resolve(100)));
    request.once('response', (response) => settle(() => resolve(response.statusCode ?? 0)));
    request.on('error', (error) => settle(() => reject(error)));
    request.flushHeaders();
  });
}
