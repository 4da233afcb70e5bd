import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { Queue } from 'bullmq';
import express, { type Express, type Request, type RequestHandler, type Router } from 'express';
import { STUDY_QUEUE } from '../../store/index.js';
import { keepChange } from '../audit/index.js';
import type { AdminScope, Caller } from '../../core/index.js';
import { requireScope } from '../../access/index.js';
import type { AdminDependencies } from '../dependencies.js';

/**
 * What may be changed on the board: what leaves the ledger right. Studies are taken out of the queue by
 * POST /admin/v1/queue/drain and by cancelling, which also say so on the timeline.
 */
const CHANGES: ReadonlySet<string> = new Set([
  '/api/queues/pause',
  '/api/queues/resume',
  '/api/queues/:queueName/pause',
  '/api/queues/:queueName/resume',
  '/api/queues/:queueName/promote',
  '/api/queues/:queueName/:jobId/promote',
]);

/** A retried study would lose its deduplication key and could run twice at once; replay and reprocess keep it. */
const CHANGES_BUT_OF_STUDIES: ReadonlySet<string> = new Set([
  '/api/queues/:queueName/retry/:queueStatus',
  '/api/queues/:queueName/:jobId/retry',
]);

// The board sets styles on elements; scripts, fonts and everything else are files of its package.
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Bull Board for `basePath`: the insides of the queues. Operators look, administrators change; both by a token or a
 * session. Every change is in the audit log.
 * @param basePath where the router is mounted, e.g. `/admin/queues`
 */
export function queueBoard(dependencies: AdminDependencies, basePath: string): Router {
  const { access, store } = dependencies;
  const queues = store.queues();
  const boards = {
    operator: board(queues, basePath, true),
    admin: board(queues, basePath, false),
  };
  const admit = (scope: AdminScope) => requireScope(access, scope, isFromElsewhere);
  const router = express.Router();
  router.use((_req, res, next) => {
    res.setHeader('content-security-policy', POLICY);
    next();
  });
  router.use(admit('admin:operate'));
  router.use((req, res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD') return next();
    return admit('admin:*')(req, res, next);
  });
  router.use(audited(dependencies));
  router.use((req, res, next) => {
    const { scopes } = res.locals.caller as Caller;
    boards[scopes.has('admin:*') ? 'admin' : 'operator'](req, res, next);
  });
  return router;
}

function board(queues: readonly Queue[], basePath: string, readOnlyMode: boolean): Express {
  const adapter = new ExpressAdapter();
  adapter.setBasePath(basePath);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode })),
    serverAdapter: adapter,
    options: {
      uiConfig: { boardTitle: 'ESP-MedSAM queues', hideDocsLink: true },
      handlerHooks: {
        before: ({ method, route, request }) =>
          method === 'get' || mayChange(route, request.params.queueName)
            ? undefined
            : {
                allow: false,
                status: 403,
                message: 'Use the console or /admin/v1: the ledger must know of it',
              },
      },
    },
  });
  const app = adapter.getRouter() as Express;
  app.disable('x-powered-by');
  withoutForeignLinks(app);
  return app;
}

function mayChange(route: string, queue: string | undefined): boolean {
  return CHANGES.has(route) || (CHANGES_BUT_OF_STUDIES.has(route) && queue !== STUDY_QUEUE);
}

/** The package's page asks another host for its font; the system's serves as well. */
function withoutForeignLinks(app: Express): void {
  type Engine = (path: string, options: object, done: (error: unknown, html?: string) => void) => void;
  const render = (app as unknown as { engines: Record<string, Engine> }).engines['.ejs']!;
  app.engine('ejs', (path, options, done) => {
    render(path, options, (error, html) => done(error, html?.replace(/<link[^>]*"https?:[^>]*>/g, '')));
  });
}

/** The board's own script sends no header of ours; that it comes from our page is told by the browser. */
function isFromElsewhere(request: Request): boolean {
  if (request.get('sec-fetch-site') === 'same-origin') return false;
  const origin = request.get('origin')?.replace(/^https?:\/\//, '');
  return origin === undefined || origin !== request.get('host');
}

function audited(dependencies: AdminDependencies): RequestHandler {
  return (req, res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD') return next();
    const { name, roles } = res.locals.caller as Caller;
    const target = { path: req.path };
    res.once('finish', () => {
      const requestId = String(res.getHeader('x-request-id') ?? '');
      keepChange(dependencies, {
        actor: name,
        role: roles.join('+'),
        address: req.ip,
        operation: 'queueBoard',
        target,
        status: res.statusCode,
        requestId,
      }).catch(() => dependencies.log.warn('audit line of the queue board not kept'));
    });
    next();
  };
}
