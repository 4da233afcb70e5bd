import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { loadSettings } from '../../src/config/index.js';
import { freePort } from '../../src/demo/free-port.js';
import { gatewayReady } from '../../src/doctor/checks/gateway.js';
import type { DoctorContext } from '../../src/doctor/context.js';
import { makeAuthority } from '../support/certificates.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

let dir: string;
let server: TestRedis;
let gateway: TestGateway;
let environment: Record<string, string>;
let check: Record<string, string>;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'esp-mtls-'));
  const authority = makeAuthority(dir);
  const ours = authority.issue({ name: 'gateway', use: 'server' });
  const checker = authority.issue({ name: 'check', use: 'client' });
  server = await startTestRedis();
  environment = {
    ESP_REDIS_URL: server.url,
    ESP_GATEWAY_PORT: String(await freePort()),
    ESP_GATEWAY_CERT_FILE: ours.certFile,
    ESP_GATEWAY_KEY_FILE: ours.keyFile,
    ESP_GATEWAY_CA_FILE: authority.caFile,
  };
  check = { ESP_GATEWAY_CHECK_CERT_FILE: checker.certFile, ESP_GATEWAY_CHECK_KEY_FILE: checker.keyFile };
  gateway = await startTestGateway(environment);
});
afterAll(async () => {
  await gateway?.close();
  await server?.close();
  rmSync(dir, { recursive: true, force: true });
});

const contextOf = (more: Record<string, string>) =>
  ({ settings: loadSettings(PROJECT_ROOT, { ...environment, ...more }) }) as DoctorContext;

it('the doctor shows the certificate of its own to a gateway that wants one, and says when it has none', async () => {
  // Its archive is away: what counts is that the gateway was asked at all.
  expect((await gatewayReady.run(contextOf(check))).found).toContain('/readyz answers 503');
  const none = await gatewayReady.run(contextOf({}));
  expect(none).toMatchObject({ status: 'warn', setting: expect.stringContaining('gateway.checkCertFile') });
});

it("the container's health check does the same", { timeout: 60_000 }, async () => {
  const exitOf = async (more: Record<string, string>) => {
    const run = spawn(process.execPath, [join(PROJECT_ROOT, 'docker/health.mjs')], {
      env: { PATH: process.env.PATH, ...environment, ...more },
      stdio: 'ignore',
    });
    const [code] = (await once(run, 'exit')) as [number];
    return code;
  };
  expect(await exitOf(check)).toBe(0);
  expect(await exitOf({})).toBe(1);
});

it('a client without a certificate is a line of the log with its address', async () => {
  await gatewayReady.run(contextOf({ ESP_GATEWAY_CHECK_CERT_FILE: '', ESP_GATEWAY_CA_FILE: '' }));
  await vi.waitFor(
    () =>
      expect(gateway.logged).toContainEqual(
        expect.objectContaining({ msg: 'access refused', surface: 'TLS', address: '127.0.0.1' }),
      ),
    { timeout: 30_000 },
  );
});
