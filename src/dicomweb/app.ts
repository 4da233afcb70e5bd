import express, { type Express, type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Settings } from '../config/index.js';
import { AppError, isUid, problemOf, pseudonym } from '../core/index.js';
import { asQueueError, type Store } from '../store/index.js';
import type { Archive } from '../archive/index.js';
import type { QuietPeriod } from '../intake/index.js';
import { type Access, watchRefusals } from '../access/index.js';
import type { Audit } from '../audit/index.js';
import { openGuards } from './access/index.js';
import { refusalEvent } from './access/refusal-event.js';
import { healthRouter } from './routes/health.js';
import { hooksRouter } from './routes/hooks.js';
import { limitBodies } from './http/limit-bodies.js';
import { requestLog } from './http/request-log.js';
import { PROBLEM_PAGE_HEADERS, problemPage, wantsPage } from './http/problem-page.js';
import { hostGuard } from './http/host-guard.js';
import { dicomwebRouter } from './passthrough/index.js';
import { viewerRouter } from './viewer/index.js';

/** What the gateway is made of; the caller owns the connections and closes them. */
export interface GatewayDependencies {
  readonly settings: Settings;
  readonly archive: Archive;
  /** On a connection that fails at once when Redis is away. */
  readonly store: Pick<Store, 'server' | 'ledger' | 'workers'>;
  readonly quiet: QuietPeriod;
  readonly admin: Router;
  readonly access: Access;
  /** Pages that show the insides of the queues. */
  readonly queueBoard?: Router;
  /** The administrator's console at `/`. */
  readonly console?: Router;
  readonly log: Logger;
  readonly audit?: Pick<Audit, 'note'>;
  readonly observe?: Observation;
}

/** What watches the gateway's requests, and shows what it has counted. */
export interface Observation {
  readonly request: RequestHandler;
  readonly metrics: RequestHandler;
}

/** The Express app of the gateway; listens nowhere, so tests drive it directly. */
export function createGateway(dependencies: GatewayDependencies): Express {
  const { settings, archive, store, quiet, admin, log, audit } = dependencies;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', settings.access.trustedProxies.split(/[, ]+/).filter(Boolean));
  app.use(requestLog(log));
  app.use(
    watchRefusals(log, Date.now, (refusal) => {
      const event = refusalEvent(refusal);
      if (event) audit?.note(event);
    }),
  );
  app.use(limitBodies((req) => req.method === 'POST' && /^\/dicom-web(\/|$)/i.test(req.path)));
  if (dependencies.observe)
    app.use(dependencies.observe.request).get('/metrics', dependencies.observe.metrics);
  app.use(
    healthRouter({
      redis: () => store.server.able(),
      workers: () => mustBeAble(store.workers),
      archive: () => archive.dicomweb.searchStudies({ limit: 1, offset: 0 }),
    }),
  );
  app.use(hostGuard(settings));
  const guards = openGuards(settings, dependencies.access);
  app.use(
    '/dicom-web',
    guards.dicomweb,
    dicomwebRouter({
      archive,
      settings,
      note: (event) => audit?.note(event),
      onStored: (studies) => {
        for (const study of studies) {
          // The change feed and the reconcile pass see the study as well: a lost signal here costs time, not the study.
          const kept = isUid(study) ? quiet.signal(study, 'stow') : quiet.refuse(study, 'stow');
          kept.catch((error: unknown) => {
            log.warn({ study: pseudonym(study), code: problemOf(error).title }, 'signal not kept');
          });
        }
      },
    }),
  );
  app.use(
    '/viewer',
    guards.viewer,
    viewerRouter({ ohifDir: settings.viewer.dir, dicomwebRoot: '/dicom-web', basePath: '/viewer' }),
  );
  const { hstsSeconds } = settings.gateway;
  // A browser that has seen it refuses plain http to this name for so long, whatever else is served there.
  const strictTransportSecurity = hstsSeconds > 0 && { maxAge: hstsSeconds, includeSubDomains: false };
  app.use(helmet({ strictTransportSecurity }));
  if (dependencies.console) app.use(dependencies.console);
  app.use(
    '/hooks',
    guards.hook,
    hooksRouter({
      quiet,
      isKnown: async (study) => (await store.ledger.record(study)) !== undefined,
      inArchive: (study) => archive.dicomweb.hasStudy(study),
    }),
  );
  app.use('/admin/v1', admin);
  if (dependencies.queueBoard) app.use('/admin/queues', dependencies.queueBoard);
  app.use((req, _res, next) =>
    next(new AppError('NOT_FOUND', `Nothing is offered at this path (${req.method})`)),
  );
  app.use(renderProblem(log));
  return app;
}

/** @throws AppError when there are workers and none of them can take studies; that none runs is the doctor's to tell */
async function mustBeAble(workers: Store['workers']): Promise<void> {
  const alive = (await workers.known()).filter((worker) => worker.alive);
  const [first] = alive;
  if (!first?.problem || alive.some(({ problem }) => problem === null)) return;
  throw new AppError('MODEL_BROKEN', first.problem.message);
}

function renderProblem(log: Logger): ErrorRequestHandler {
  return (thrown, req, res, next) => {
    if (res.headersSent) return next(thrown);
    const problem = problemOf(asRequestError(thrown));
    // Whoever floods the gateway must not flood the log as well: the request's own line is enough.
    if (problem.status >= 500 && problem.title !== 'GATEWAY_BUSY')
      log.error({ code: problem.title, method: req.method }, problem.detail);
    if (problem.status === 401) res.setHeader('www-authenticate', 'Bearer realm="esp-medsam"');
    if (wantsPage(req)) {
      return void res
        .status(problem.status)
        .set(PROBLEM_PAGE_HEADERS)
        .type('html')
        .send(problemPage(problem));
    }
    res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}

/** body-parser's and Express's own errors carry a 4xx status; their messages may quote the body and are not shown. */
function asRequestError(thrown: unknown): unknown {
  const known = asQueueError(thrown);
  if (known !== thrown) return known;
  const status = (thrown as { status?: unknown } | null)?.status;
  if (thrown instanceof AppError || typeof status !== 'number' || status >= 500) return thrown;
  return new AppError('INVALID_REQUEST', `The request could not be read (${status})`, { cause: thrown });
}
