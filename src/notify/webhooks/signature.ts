import { createHmac } from 'node:crypto';

const ENCODED_SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

/**
 * The headers that identify and sign one try of a delivery, as Standard Webhooks 1.0 has them: HMAC-SHA256 of
 * `<webhook-id>.<webhook-timestamp>.<body>`. The time is signed, so that a receiver can refuse what is old.
 * @param secret its bytes are the key; one that begins with `whsec_` is base64 behind that
 * @param id the same for every try, so that a receiver can tell a second one
 * @param seconds since 1970, when this try is sent
 */
export function signatureHeaders(
  secret: string,
  { id, body }: { readonly id: string; readonly body: string },
  seconds: number,
) {
  const encoded = ENCODED_SECRET.exec(secret)?.[1];
  const key = encoded === undefined ? Buffer.from(secret, 'utf8') : Buffer.from(encoded, 'base64');
  const hash = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${hash}`,
  };
}
