import { request } from 'undici';
import { signatureHeaders } from './signature.js';

/** What a try to deliver came to. */
export interface Sent {
  readonly ok: boolean;
  readonly status?: number;
  /** In our own words: nothing of the receiver's answer is kept. */
  readonly error?: string;
  readonly milliseconds: number;
}

const MAX_ANSWER_BYTES = 64 * 1024;

/** Posts a delivery once. Redirects are not followed: a signed body goes where the administrator said. */
export async function sendDelivery(
  to: { url: string; secret: string },
  delivery: { id: string; event: string; body: string },
  timeoutMs: number,
  agent: string,
): Promise<Sent> {
  const started = performance.now();
  const milliseconds = () => Math.round(performance.now() - started);
  try {
    const response = await request(to.url, {
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
    return { ok, status, milliseconds: milliseconds(), ...(ok ? {} : { error: `answered ${status}` }) };
  } catch (error) {
    return { ok: false, error: reasonOf(error, timeoutMs), milliseconds: milliseconds() };
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'no connection';
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const code = (error as NodeJS.ErrnoException).code;
  return `no connection (${typeof code === 'string' ? code : error.name})`;
}
