import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/index.js';
import { freePort } from '../../src/demo/free-port.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { serveMetrics } from '../../src/telemetry/index.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const TOKEN = 'metrics-token-of-the-tests';
let server: TestRedis;
let gateway: TestGateway | undefined;

beforeAll(async () => {
  server = await startTestRedis();
});
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});
afterAll(() => server?.close());

async function get(url: string, headers: Record<string, string> = {}) {
  const { statusCode, body, headers: answered } = await request(url, { headers });
  return { status: statusCode, text: await body.text(), type: String(answered['content-type']) };
}

async function start(settings: Record<string, string> = {}): Promise<string> {
  gateway = await startTestGateway({ ESP_REDIS_URL: server.url, ...settings });
  return `${gateway.base}/metrics`;
}

describe('GET /metrics', () => {
  it('without a token answers this machine, but not what a proxy hands on', async () => {
    const url = await start();
    const answer = await get(url);
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('# TYPE') as string });
    expect(answer.type).toContain('text/plain');
    for (const header of ['x-forwarded-for', 'forwarded', 'via']) {
      const refused = await get(url, { [header]: 'for=192.0.2.1' });
      expect(refused.status).toBe(403);
      expect(JSON.parse(refused.text)).toMatchObject({ title: 'FORBIDDEN' });
    }
  });

  it('with a token answers who has it, and nobody else', async () => {
    const url = await start({ ESP_METRICS_TOKEN: TOKEN });
    expect((await get(url)).status).toBe(401);
    expect((await get(url, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await get(url, { authorization: `Bearer ${TOKEN}`, via: 'proxy' })).status).toBe(200);
  });

  it('is not there when it is switched off', async () => {
    expect((await get(await start({ ESP_METRICS_ENABLED: 'false' }))).status).toBe(404);
  });
});

describe('a worker’s metrics', () => {
  it('are on their own port under the same rules, and end with the worker', async () => {
    const port = await freePort();
    const { metrics: settings } = loadSettings(PROJECT_ROOT, {
      ESP_METRICS_WORKER_PORT: String(port),
      ESP_METRICS_TOKEN: TOKEN,
    });
    const shown = await serveMetrics(createMetrics(), settings);
    const base = `http://127.0.0.1:${port}`;
    const authorization = `Bearer ${TOKEN}`;
    expect((await get(`${base}/metrics`)).status).toBe(401);
    expect((await get(`${base}/metrics`, { authorization })).text).toContain('esp_engine_restarts_total 0');
    expect((await get(`${base}/other`, { authorization })).status).toBe(404);
    await expect(serveMetrics(createMetrics(false), settings)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
    await shown.close();
    await expect(get(`${base}/metrics`)).rejects.toThrow();
  });

  it('beyond this machine need the token', () => {
    const open = { ESP_METRICS_WORKER_PORT: '9464', ESP_METRICS_WORKER_HOST: '0.0.0.0' };
    expect(() => loadSettings(PROJECT_ROOT, open)).toThrowError(/metrics\.token/);
    expect(loadSettings(PROJECT_ROOT, { ...open, ESP_METRICS_TOKEN: TOKEN }).metrics.workerPort).toBe(9464);
  });
});
