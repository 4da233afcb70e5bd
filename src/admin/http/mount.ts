import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { AppError, type Caller, isUid } from '../../core/index.js';
import { type AuditEntry, NOBODY } from '../../store/index.js';
import { type Endpoint, type Reply, takesKey } from './endpoint.js';
import { checked, clientOf } from './read-request.js';
import { withScope } from '../../access/index.js';

/** What surrounds every endpoint. */
export interface MountDependencies {
  /** Who calls, or undefined for nobody known. @throws AppError when the credentials are wrong */
  identify(request: Request): Promise<Caller | undefined>;
  /** Keeps what was changed by whom; called after the answer's status is known, for POST, PUT and DELETE. */
  audit(entry: AuditEntry): Promise<void>;
  /** Tells who read what of patients. */
  disclosed(entry: AuditEntry, endpoint: Endpoint, target: string): void;
  /** Runs a POST once per Idempotency-Key: a repeat gets the first answer. */
  once(scope: string, key: string, request: unknown, run: () => Promise<Reply>): Promise<Reply>;
}

const BODY_LIMIT = '1mb';

/** Serves the endpoints; errors go on to the app's error handler, which renders problem+json. */
export function mountEndpoints(endpoints: readonly Endpoint[], dependencies: MountDependencies): Router {
  const router = express.Router();
  const methods = new Map<string, string[]>();
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/\{(\w+)\}/g, ':$1');
    router[endpoint.method](path, ...serve(endpoint, dependencies));
    const alsoHead = endpoint.method === 'get' ? ['GET', 'HEAD'] : [endpoint.method.toUpperCase()];
    methods.set(path, [...(methods.get(path) ?? []), ...alsoHead]);
  }
  for (const [path, allowed] of methods) router.all(path, refuseMethod(allowed));
  return router;
}

/** Only reached by methods that no endpoint of the path has. A fixed path goes before one with a parameter. */
function refuseMethod(allowed: readonly string[]): RequestHandler {
  return (req, res, next) => {
    res.setHeader('allow', allowed.join(', '));
    next(new AppError('METHOD_NOT_ALLOWED', `${req.method} is not offered at this path`));
  };
}

/** Who calls is known before anything of the body is read. */
function serve(endpoint: Endpoint, dependencies: MountDependencies): RequestHandler[] {
  const changes = endpoint.method !== 'get' || endpoint.audited === true;
  const entryOf = (req: Request, res: Response, actor: Caller, status: number): AuditEntry => ({
    actor: actor.name,
    role: actor.roles.join('+'),
    address: clientOf(req).address,
    operation: endpoint.operationId,
    target: { ...(req.params as Record<string, string>), ...studyIn(req.body, endpoint.studyField) },
    status,
    requestId: requestIdOf(res),
  });
  const note = (req: Request, res: Response, actor: Caller, status: number) =>
    dependencies.audit(entryOf(req, res, actor, status));

  const admit: RequestHandler = async (req, res, next) => {
    const actor = await dependencies.identify(req);
    res.locals.known = actor;
    try {
      res.locals.caller = endpoint.open ? (actor ?? NOBODY) : withScope(actor, endpoint.scope);
    } catch (refusal) {
      if (changes && actor) await note(req, res, actor, statusOf(refusal));
      throw refusal;
    }
    next();
  };

  const handle: RequestHandler = async (req, res) => {
    const actor = res.locals.caller as Caller;
    if (endpoint.discloses) {
      res.once('close', () =>
        dependencies.disclosed(entryOf(req, res, actor, res.statusCode), endpoint, req.originalUrl),
      );
    }
    try {
      const reply = await answer(endpoint, dependencies, req, res, actor);
      if (changes) await note(req, res, reply.actor ?? actor, reply.status);
      send(endpoint, reply, req, res);
    } catch (error) {
      if (changes) await note(req, res, actor, statusOf(error)).catch(() => undefined);
      throw error;
    }
  };

  return endpoint.body ? [admit, readJson, handle] : [admit, handle];
}

const readJson = express.json({ limit: BODY_LIMIT, type: ['application/json', 'application/*+json'] });

/** The study that a body names, when it is one. */
function studyIn(body: unknown, field: string | undefined): { uid?: string } {
  const named = field === undefined ? undefined : (body as Record<string, unknown> | undefined)?.[field];
  return typeof named === 'string' && isUid(named) ? { uid: named } : {};
}

const statusOf = (error: unknown) => (error instanceof AppError ? error.httpStatus : 500);
const requestIdOf = (res: Response) => String(res.getHeader('x-request-id') ?? '');

async function answer(
  endpoint: Endpoint,
  dependencies: MountDependencies,
  req: Request,
  res: Response,
  actor: Caller,
): Promise<Reply> {
  const params = checked('path', endpoint.params, req.params);
  const query = checked('query', endpoint.query, req.query);
  const body = checked('body', endpoint.body, req.body);
  const ifMatch = req.get('if-match');
  if (endpoint.conditional && ifMatch === undefined) {
    throw new AppError('PRECONDITION_REQUIRED', 'If-Match is missing');
  }
  const closed = new AbortController();
  res.once('close', () => closed.abort());
  const requestId = requestIdOf(res);
  const client = clientOf(req);
  const run = () =>
    endpoint.handle({ params, query, body, actor, ifMatch, requestId, client, signal: closed.signal });
  const key = takesKey(endpoint) ? req.get('idempotency-key') : undefined;
  if (key === undefined) return run();
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new AppError('INVALID_REQUEST', 'Idempotency-Key: 1 to 200 visible characters');
  }
  return dependencies.once(`${actor.name}:${endpoint.operationId}`, key, { params, query, body }, run);
}

/** The reply passes its schema: what is not documented is not sent. */
function send(endpoint: Endpoint, reply: Reply, req: Request, res: Response): void {
  const spec = endpoint.replies[reply.status];
  if (!spec) throw new AppError('INTERNAL', `${endpoint.operationId} answers an undocumented status`);
  res.status(reply.status);
  res.setHeader('cache-control', 'no-store');
  if (reply.etag) res.setHeader('etag', reply.etag);
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value);
  if (reply.stream) return req.method === 'HEAD' ? void res.end() : void reply.stream(res);
  if (spec.contentType) return void res.type(spec.contentType).send(reply.body);
  if (!spec.schema) return void res.end();
  res.json(spec.schema.parse(reply.body));
}
