import express from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../../src/core/index.js';
import { watchRefusals } from '../../src/access/index.js';

const RIGHT = 'Bearer right';

/** An app that knows one token; people come through a proxy that is believed. */
function guarded() {
  let time = 1_000_000;
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const app = express();
  app.set('trust proxy', ['127.0.0.1', '::1', '::ffff:127.0.0.1']);
  app.use(watchRefusals(log, () => time));
  app.get('/public', (_req, res) => void res.send('public'));
  app.use((req, res) => {
    const right = req.get('authorization') === RIGHT;
    if (right) res.locals.caller = { name: 'token:viewer', scopes: new Set() };
    res.status(right ? 200 : 401).send();
  });
  app.use(((error, _req, res, next) => {
    if (res.headersSent) return next(error);
    res.status(problemOf(error).status).send();
  }) as express.ErrorRequestHandler);
  const call = (authorization: string, from: string, path = '/x') =>
    request(app).get(path).set({ authorization, 'x-forwarded-for': from });
  return {
    lines,
    call,
    wait: (seconds: number) => (time += seconds * 1000),
    async guess(times: number, from: string) {
      const statuses: number[] = [];
      for (let i = 0; i < times; i += 1) statuses.push((await call(`Bearer guess-${i}`, from)).status);
      return statuses;
    },
  };
}

describe('an address that guesses', () => {
  it('is stopped after ten wrong credentials, for longer each time, even for the right one', async () => {
    const { guess, call, wait, lines } = guarded();
    expect(await guess(10, '192.0.2.1')).toEqual(Array(10).fill(401));
    const refused = await call(RIGHT, '192.0.2.1');
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('60');
    wait(61);
    expect((await call(RIGHT, '192.0.2.1')).status).toBe(200);
    await guess(10, '192.0.2.1');
    wait(61);
    expect(await guess(1, '192.0.2.1')).toEqual([429]);
    wait(60);
    expect(await guess(1, '192.0.2.1')).toEqual([401]);
    expect(lines.map(({ reason }) => reason).slice(0, 11)).toEqual([
      ...Array<string>(10).fill('WRONG_CREDENTIAL'),
      'TOO_MANY',
    ]);
    expect(lines[0]).toMatchObject({ address: '192.0.2.1', surface: '/x', method: 'GET' });
    expect(JSON.stringify(lines)).not.toContain('guess');
  });

  it('stops nobody else, and not who worked from the same address before', async () => {
    const { guess, call } = guarded();
    expect((await call(RIGHT, '192.0.2.1')).status).toBe(200);
    await guess(12, '192.0.2.1');
    expect((await call(RIGHT, '192.0.2.1')).status).toBe(200);
    expect((await call(RIGHT, '192.0.2.2')).status).toBe(200);
    expect(await guess(1, '192.0.2.1')).toEqual([429]);
  });

  it('does not get a token proven by a page that asks for none', async () => {
    const { guess, call } = guarded();
    expect((await call('Bearer guess-1', '192.0.2.1', '/public')).status).toBe(200);
    await guess(10, '192.0.2.1');
    expect((await call('Bearer guess-1', '192.0.2.1')).status).toBe(429);
  });

  it('is not blamed for one wrong credential that a machine sends again and again', async () => {
    const { call } = guarded();
    for (let i = 0; i < 15; i += 1) expect((await call('Bearer old', '192.0.2.1')).status).toBe(401);
  });

  it('may fail now and then', async () => {
    const { guess, wait } = guarded();
    for (let minute = 0; minute < 5; minute += 1) {
      expect(await guess(9, '192.0.2.1')).not.toContain(429);
      wait(61);
    }
  });
});
