import { type Dispatcher, request } from 'undici';
import type { Settings } from '../../config/index.js';
import {
  connectionError,
  isCertificateError,
  networkRefused,
  openNetworkFilter,
  openOutbound,
  openTlsFiles,
} from '../../net/index.js';
import { signatureHeaders } from './signature.js';

/** What a try to deliver came to. */
export interface Sent {
  readonly ok: boolean;
  readonly status?: number;
  /** In our own words: nothing of the receiver's answer is kept. */
  readonly error?: string;
  /** Until the answer; undefined without one. */
  readonly milliseconds?: number;
}

/** Connections to receivers: only into networks that the settings allow. */
export interface Receivers {
  readonly dispatcher: Dispatcher;
  mayName(host: string): boolean;
}

const MAX_ANSWER_BYTES = 64 * 1024;

/** @throws AppError `CONFIG_INVALID` for certificates that cannot be used */
export function openReceivers(settings: Settings['webhooks']): Receivers {
  const { lookup, mayName } = openNetworkFilter(settings.networks);
  const tls = openTlsFiles(settings, 'webhooks');
  return { mayName, dispatcher: openOutbound(tls, { timeoutMs: settings.timeoutSeconds * 1000, lookup }) };
}

/** Posts a delivery once. Redirects are not followed: a signed body goes where the administrator said. */
export async function sendDelivery(
  { dispatcher, mayName }: Receivers,
  to: { url: string; secret: string },
  delivery: { id: string; event: string; body: string },
  timeoutMs: number,
  agent: string,
): Promise<Sent> {
  const started = performance.now();
  try {
    if (!mayName(new URL(to.url).hostname)) throw networkRefused();
    const response = await request(to.url, {
      dispatcher,
      method: 'POST',
      body: delivery.body,
      headers: {
        'content-type': 'application/json',
        'user-agent': agent,
        'x-esp-event': delivery.event,
        ...signatureHeaders(to.secret, delivery, Math.floor(Date.now() / 1000)),
      },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const status = response.statusCode;
    await response.body.dump({ limit: MAX_ANSWER_BYTES }).catch(() => undefined);
    const ok = status >= 200 && status < 300;
    const milliseconds = Math.round(performance.now() - started);
    return { ok, status, milliseconds, ...(ok ? {} : { error: `answered ${status}` }) };
  } catch (error) {
    return { ok: false, error: reasonOf(error, timeoutMs) };
  }
}

/**
 * What an administrator needs to put a receiver right. Whether a port is closed, filtered or speaks something else is the
 * same "no connection", and no time is told: the log of deliveries is no port scanner.
 */
function reasonOf(error: unknown, timeoutMs: number): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ERR_NETWORK_REFUSED') return 'in a network that webhooks may not reach (webhooks.networks)';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return connectionError(error);
  if (isCertificateError(error)) return connectionError(error);
  return `no connection, or no answer within ${timeoutMs / 1000} s`;
}
