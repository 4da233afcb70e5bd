import { createHmac } from 'node:crypto';

/**
 * The header `x-esp-signature`: `t=<seconds since 1970>,v1=<hex>`, where v1 is the HMAC-SHA256 of `<t>.<body>`. The time
 * is signed, so that a receiver can refuse what is old; each try has its own.
 */
export function signatureOf(secret: string, body: string, seconds: number): string {
  const hash = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${hash}`;
}
