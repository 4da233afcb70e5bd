import { createServer, type IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { AppError, bearerToken, isLoopback, problemOf, secretMatcher } from '../core/index.js';
import type { Settings } from '../config/index.js';
import type { Metrics } from './metrics.js';

/**
 * Lets Prometheus read: with the token where one is set, else from this machine alone.
 * @throws AppError `UNAUTHORIZED`, `FORBIDDEN`
 */
function admit(request: IncomingMessage, token: string): void {
  if (token !== '') {
    if (secretMatcher({ metrics: token })(bearerToken(request.headers.authorization))) return;
    throw new AppError('UNAUTHORIZED', 'This needs `Authorization: Bearer <metrics.token>`');
  }
  // What a reverse proxy on this machine hands on does not come from this machine.
  const handedOn = ['x-forwarded-for', 'forwarded', 'via'].some((name) => name in request.headers);
  if (isLoopback(request.socket.remoteAddress ?? '') && !handedOn) return;
  throw new AppError('FORBIDDEN', 'Metrics are for this machine only unless metrics.token is set');
}

/**
 * `GET /metrics` for the gateway's app; errors go on to the app. Without `metrics.enabled` nothing is there.
 * @param mayRead true for a caller with the scope `metrics`; for others the rule of the workers' metrics holds. Throws for
 * a caller who is known and may not
 */
export function metricsRoute(
  metrics: Metrics,
  settings: Settings['metrics'],
  mayRead: (req: Request) => Promise<boolean>,
): RequestHandler {
  return async (req, res, next) => {
    if (!settings.enabled) return next();
    if (!(await mayRead(req))) admit(req, settings.token);
    res.setHeader('cache-control', 'no-store');
    res.type(metrics.registry.contentType).send(await metrics.text());
  };
}

/**
 * Offers a worker's metrics where `metrics.workerPort` says; nothing for port 0.
 * @returns how to stop it
 */
export async function serveMetrics(
  metrics: Metrics,
  settings: Settings['metrics'],
): Promise<{ close(): Promise<void> }> {
  if (!settings.enabled || settings.workerPort === 0) return { close: async () => undefined };
  const server = createServer((req, res) => {
    void answer(metrics, settings, req).then(({ status, type, body }) => {
      res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new AppError('CONFIG_INVALID', `Settings: metrics.workerPort ${settings.workerPort} cannot be used`, {
          settings: ['metrics.workerPort'],
          cause,
        }),
      ),
    );
    server.listen(settings.workerPort, settings.workerHost, resolve);
  });
  return {
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(metrics: Metrics, settings: Settings['metrics'], req: IncomingMessage) {
  try {
    if (req.method !== 'GET' || req.url?.split('?')[0] !== '/metrics') {
      throw new AppError('NOT_FOUND', 'Only GET /metrics is offered here');
    }
    admit(req, settings.token);
    return { status: 200, type: metrics.registry.contentType, body: await metrics.text() };
  } catch (error) {
    const problem = problemOf(error);
    return { status: problem.status, type: 'application/problem+json', body: JSON.stringify(problem) };
  }
}
