import express, { type Router } from 'express';
import { atMostEvery, toAppError, within } from '../../core/index.js';
import { asQueueError } from '../../store/index.js';

/** Something the gateway needs; throws when it is not there. */
export type Check = () => Promise<unknown>;

const TIMEOUT_MS = 3000;
/** Everybody may ask, and as often as they like: Redis and the archive are asked no more often than this. */
const KEPT_MS = 2000;

/** `/healthz`: the process answers. `/readyz`: 200 when everything it needs answers too, else 503 saying what not. */
export function healthRouter(checks: Readonly<Record<string, Check>>): Router {
  const router = express.Router();
  const results = atMostEvery(KEPT_MS, () =>
    Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await outcomeOf(check)] as const)),
  );
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const outcomes = await results();
    const ready = outcomes.every(([, result]) => result.status === 'ok');
    res
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ok' : 'unavailable', checks: Object.fromEntries(outcomes) });
  });
  return router;
}

async function outcomeOf(check: Check): Promise<{ status: string; code?: string; advice?: string }> {
  try {
    await within(TIMEOUT_MS, check());
    return { status: 'ok' };
  } catch (thrown) {
    const error = toAppError(asQueueError(thrown));
    return { status: 'failing', code: error.code, advice: error.advice };
  }
}
