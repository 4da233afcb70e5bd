import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import supertest from 'supertest';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/demo/free-port.js';
import type { DoctorReport } from '../../src/doctor/index.js';
import type { SelfTest } from '../../src/store/index.js';
import { writeBrightModel } from '../support/bright-model.js';
import { eventually, PROJECT_ROOT, startStack, type OurProcess, type Stack } from '../support/stack.js';

const TOKENS = {
  ESP_ADMIN_TOKEN: 'admin-token-of-the-test',
  ESP_ADMIN_OPERATOR_TOKEN: 'operator-token-of-the-test',
  ESP_ADMIN_VIEWER_TOKEN: 'viewer-token-of-the-test',
};
const bearer = (role: 'OPERATOR' | 'VIEWER') => ({
  authorization: `Bearer ${TOKENS[`ESP_ADMIN_${role}_TOKEN`]}`,
});
const SELF_TEST = '/admin/v1/doctor/self-test';

let stack: Stack;
let ours: OurProcess;
let redis: Redis;
let environment: Record<string, string>;

beforeAll(async () => {
  stack = await startStack();
  environment = { ESP_MODEL_MANIFEST: writeBrightModel(), ESP_ENGINE_MEMORY_MEGABYTES: '1024', ...TOKENS };
  ours = await stack.start('all', environment);
  redis = new Redis(stack.redisUrl);
  environment = {
    ...environment,
    ESP_REDIS_URL: stack.redisUrl,
    ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.dicomwebUrl,
    ESP_ARCHIVE_ORTHANC_URL: stack.orthanc.orthancUrl,
    ESP_GATEWAY_PORT: new URL(ours.base).port,
    ESP_INTAKE_CHANGES_INTERVAL_SECONDS: '0.3',
  };
});
afterAll(async () => {
  redis?.disconnect();
  await stack?.close();
});

const api = () => supertest(ours.base);

async function setPaused(to: 'pause' | 'resume'): Promise<void> {
  const authorization = `Bearer ${TOKENS.ESP_ADMIN_TOKEN}`;
  await api().post(`/admin/v1/queue/${to}`).set({ authorization }).expect(200);
}

/** Starts a self-test over REST and waits for its end. @param look is shown how it goes */
async function selfTest(look: (test: SelfTest) => void = () => undefined): Promise<SelfTest> {
  const { body } = await api().post(SELF_TEST).set(bearer('OPERATOR')).expect(202);
  return eventually('the end of the self-test', async () => {
    const answer = await api()
      .get(`${SELF_TEST}/${(body as { id: string }).id}`)
      .set(bearer('VIEWER'));
    const test = answer.body as SelfTest;
    look(test);
    return test.state === 'running' ? undefined : test;
  });
}

/** `esp-medsam doctor --self-test`; `seen` resolves when its output holds the text. */
function command(settings: Record<string, string>): {
  child: ChildProcess;
  seen(text: string): Promise<unknown>;
  end: Promise<{ code: number | null; output: string }>;
} {
  const args = [join(PROJECT_ROOT, 'dist/cli/main.js'), 'doctor', '--no-write', '--self-test'];
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH ?? '', ...settings } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    child,
    seen: (text) => eventually(text, async () => output.includes(text)),
    end: new Promise((resolve) => child.once('close', (code) => resolve({ code, output }))),
  };
}

async function nothingIsLeft(): Promise<void> {
  const studies = await fetch(`${stack.orthanc.orthancUrl}/studies`);
  expect(await studies.json()).toEqual([]);
  expect(await redis.keys('esp:ledger:study:*')).toEqual([]);
  expect(await redis.zcard('esp:ledger:studies')).toBe(0);
  expect(await redis.zcard('esp:intake:quiet')).toBe(0);
}

const statusOf = ({ steps }: SelfTest) => Object.fromEntries(steps.map(({ name, status }) => [name, status]));

describe('who may ask', () => {
  it('nobody without a token', async () => {
    await api().get('/admin/v1/doctor').expect(401);
    await api().post(SELF_TEST).expect(401);
    await api().get(`${SELF_TEST}/6f9619ff-8b86-4011-b42d-00c04fc964ff`).expect(401);
  });

  it('a viewer looks but sends nothing', async () => {
    await api().post(SELF_TEST).set(bearer('VIEWER')).expect(403);
  });
});

describe('findings over REST', () => {
  it('are the same as on the command line, without writing to the archive', async () => {
    const { body } = await api().get('/admin/v1/doctor').set(bearer('VIEWER')).expect(200);
    const report = body as DoctorReport;
    expect(report.ok).toBe(true);
    const bad = report.checks.filter(({ status }) => status === 'fail' || status === 'warn');
    expect(bad.map(({ id }) => id)).toEqual(['archive.version']);
    expect(report.checks.find(({ id }) => id === 'archive.writable')?.status).toBe('skipped');
    expect(JSON.stringify(report)).not.toMatch(/-token-of-the-test/);
  });

  it('are made once for all who ask at the same time', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => api().get('/admin/v1/doctor').set(bearer('VIEWER')).expect(200)),
    );
    expect(new Set(answers.map(({ body }) => (body as DoctorReport).at)).size).toBe(1);
  });
});

describe('the self-test', () => {
  it('goes through the whole chain, one at a time, and leaves nothing', async () => {
    const first = selfTest();
    await eventually('a test that runs', async () => (await redis.exists('esp:doctor:self-test-lock')) === 1);
    await api().post(SELF_TEST).set(bearer('OPERATOR')).expect(409);
    const test = await first;
    expect(test).toMatchObject({ state: 'passed', removed: true });
    expect(new Set(test.steps.map(({ status }) => status))).toEqual(new Set(['ok']));
    expect(test.steps.every(({ seconds }) => typeof seconds === 'number')).toBe(true);
    await nothingIsLeft();
  });

  it('lets the gateway answer while its picture is drawn', async () => {
    let made: number | undefined;
    const ended = selfTest(({ steps }) => {
      if (steps[0]?.status === 'ok') made ??= steps[0].seconds! * 1000;
    });
    let longest = 0;
    while (made === undefined) {
      const began = performance.now();
      await api().get('/healthz').expect(200);
      longest = Math.max(longest, performance.now() - began);
    }
    await ended;
    // Drawing is what the step takes its time for; who had to wait for it waited for all of it.
    expect(made).toBeGreaterThan(100);
    expect(longest).toBeLessThan(made / 2);
  });

  it('an unknown one is not found', async () => {
    await api().get(`${SELF_TEST}/6f9619ff-8b86-4011-b42d-00c04fc964ff`).set(bearer('VIEWER')).expect(404);
    await api().get(`${SELF_TEST}/nonsense`).set(bearer('VIEWER')).expect(400);
  });

  it('says that the queue is paused, and cleans up after the step that failed', async () => {
    await setPaused('pause');
    try {
      const test = await selfTest();
      expect(test).toMatchObject({ state: 'failed', removed: true });
      expect(statusOf(test)).toMatchObject({
        arrive: 'ok',
        process: 'failed',
        verify: 'skipped',
        remove: 'ok',
      });
      expect(test.steps.find(({ name }) => name === 'process')?.detail).toContain('The queue is paused');
      await nothingIsLeft();
    } finally {
      await setPaused('resume');
    }
  });

  it('removes its study when it is interrupted on the command line', async () => {
    await setPaused('pause');
    try {
      const { child, seen, end } = command(environment);
      await seen('The gateway notices it');
      child.kill('SIGINT');
      const { code, output } = await end;
      expect(code).toBe(1);
      expect(output).toContain('The self-test was interrupted');
      expect(output).toContain('gone from archive and ledger');
      await nothingIsLeft();
    } finally {
      await setPaused('resume');
    }
  });

  it('removes what a test left whose process was killed', async () => {
    await setPaused('pause');
    const { child, seen, end } = command(environment);
    await seen('The gateway notices it');
    child.kill('SIGKILL');
    await end;
    await setPaused('resume');
    // As after the minute that its lock lives on.
    await redis.del('esp:doctor:self-test-lock');
    const test = await selfTest();
    expect(test).toMatchObject({ state: 'passed', removed: true });
    expect(test.steps[0]?.detail).toContain('1 left by earlier tests removed');
    await nothingIsLeft();
  });

  it('passes on an archive that cannot delete, and says what stays there', async () => {
    const settings = {
      ...environment,
      ESP_REDIS_PREFIX: 'second',
      ESP_ARCHIVE_ORTHANC_URL: '',
      ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '1',
      ESP_GATEWAY_PORT: String(await freePort()),
    };
    await stack.start('all', settings);
    const { code, output } = await command(settings).end;
    expect(output).toContain('first told by: reconcile');
    expect(output).toMatch(/Self-test passed .*\nIts study may still be in the archive: 2\.25\./);
    expect(output).toContain('the study of patient ESP-MEDSAM-DOCTOR stays there');
    expect(code).toBe(0);
  });
});
