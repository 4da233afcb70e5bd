import express from 'express';
import request from 'supertest';
import { expect, it } from 'vitest';
import { healthRouter } from '../../../src/dicomweb/routes/health.js';

it('asks Redis and the archive once for all who ask whether the gateway is ready', async () => {
  let asked = 0;
  const app = express().use(
    healthRouter({
      archive: async () => {
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 50));
      },
    }),
  );
  const server = app.listen(0, '127.0.0.1');
  try {
    const calls = Array.from({ length: 100 }, () => request(server).get('/readyz'));
    const answers = await Promise.all(calls);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    // Under load the hundred may take longer than the two seconds that an answer counts.
    expect(asked).toBeLessThanOrEqual(10);
  } finally {
    server.close();
  }
});
