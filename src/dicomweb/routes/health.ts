import express, { type Router } from 'express';
import { toAppError } from '../../core/index.js';
import { asQueueError } from '../../store/index.js';

/** Something the gateway needs; throws when it is not there. */
export type Check = () => Promise<unknown>;

const TIMEOUT_MS = 3000;

/** `/healthz`: the process answers. `/readyz`: 200 when everything it needs answers too, else 503 saying what not. */
export function healthRouter(checks: Readonly<Record<string, Check>>): Router {
  const router = express.Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await outcomeOf(check)] as const),
    );
    const ready = results.every(([, result]) => result.status === 'ok');
    res
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ok' : 'unavailable', checks: Object.fromEntries(results) });
  });
  return router;
}

async function outcomeOf(check: Check): Promise<{ status: string; code?: string; advice?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), late]);
    return { status: 'ok' };
  } catch (thrown) {
    const error = toAppError(asQueueError(thrown));
    return { status: 'failing', code: error.code, advice: error.advice };
  } finally {
    clearTimeout(timer);
  }
}
