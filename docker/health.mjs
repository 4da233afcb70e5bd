// The health check of the gateway's container: exits with 0 when /healthz answers. Without the libraries of the gateway,
// since it runs every few seconds. It believes any certificate: it asks its own container.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

const { env } = process;
const read = (name) => (env[name] ? readFileSync(env[name]) : undefined);
const isTls = Boolean(env.ESP_GATEWAY_CERT_FILE);
const request = (isTls ? https : http).get(
  {
    host: '127.0.0.1',
    port: Number(env.ESP_GATEWAY_PORT ?? 8080),
    path: '/healthz',
    timeout: 4000,
    rejectUnauthorized: false,
    // Where only clients with a certificate are let in (gateway.caFile).
    cert: read('ESP_GATEWAY_CHECK_CERT_FILE'),
    key: read('ESP_GATEWAY_CHECK_KEY_FILE'),
  },
  ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1),
);
request.on('timeout', () => request.destroy(new Error('no answer')));
request.on('error', ({ message }) => {
  console.error(message);
  process.exit(1);
});
