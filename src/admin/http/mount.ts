import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import { AppError } from '../../core/index.js';
import { ROLES, type Actor, type Endpoint, type Reply } from './endpoint.js';

/** What surrounds every endpoint. */
export interface MountParts {
  /** Who calls, or undefined for nobody known. @throws AppError when the credentials are wrong */
  identify(request: Request): Promise<Actor | undefined>;
  /** Keeps what was changed by whom; called after the answer's status is known, for POST, PUT and DELETE. */
  audit(entry: AuditEntry): Promise<void>;
  /** Runs a POST once per Idempotency-Key: a repeat gets the first answer. */
  once(scope: string, key: string, request: unknown, run: () => Promise<Reply>): Promise<Reply>;
}

/** A line of the audit log, before it has a time. */
export interface AuditEntry {
  readonly actor: string;
  readonly role: string;
  readonly operation: string;
  /** What was acted upon: path parameters. */
  readonly target: Readonly<Record<string, string>>;
  readonly status: number;
  readonly requestId: string;
}

const BODY_LIMIT = '1mb';

/** Serves the endpoints; errors go on to the app's error handler, which renders problem+json. */
export function mountEndpoints(endpoints: readonly Endpoint[], parts: MountParts): Router {
  const router = express.Router();
  router.use(express.json({ limit: BODY_LIMIT, type: ['application/json', 'application/*+json'] }));
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/\{(\w+)\}/g, ':$1');
    router[endpoint.method](path, serve(endpoint, parts));
  }
  return router;
}

function serve(endpoint: Endpoint, parts: MountParts): RequestHandler {
  return async (req, res) => {
    const requestId = String(res.getHeader('x-request-id') ?? '');
    const actor = await authorise(endpoint, req, parts);
    const changes = endpoint.method !== 'get';
    const note = (status: number) =>
      parts.audit({
        actor: actor.name,
        role: actor.role,
        operation: endpoint.operationId,
        target: req.params as Record<string, string>,
        status,
        requestId,
      });
    try {
      const reply = await answer(endpoint, parts, req, res, actor, requestId);
      if (changes) await note(reply.status);
      send(endpoint, reply, res);
    } catch (error) {
      if (changes) await note(error instanceof AppError ? error.httpStatus : 500).catch(() => undefined);
      throw error;
    }
  };
}

async function authorise(endpoint: Endpoint, req: Request, parts: MountParts): Promise<Actor> {
  const actor = await parts.identify(req);
  if (endpoint.open) return actor ?? { role: 'viewer', name: 'nobody' };
  if (!actor) throw new AppError('UNAUTHORIZED', 'This needs a token or a session');
  if (ROLES.indexOf(actor.role) < ROLES.indexOf(endpoint.role)) {
    throw new AppError('FORBIDDEN', `This needs the role ${endpoint.role}; the caller has ${actor.role}`);
  }
  return actor;
}

async function answer(
  endpoint: Endpoint,
  parts: MountParts,
  req: Request,
  res: Response,
  actor: Actor,
  requestId: string,
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
  const run = () =>
    endpoint.handle({ params, query, body, actor, ifMatch, requestId, signal: closed.signal });
  const key = endpoint.method === 'post' ? req.get('idempotency-key') : undefined;
  if (key === undefined) return run();
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new AppError('INVALID_REQUEST', 'Idempotency-Key: 1 to 200 visible characters');
  }
  return parts.once(`${actor.name}:${endpoint.operationId}`, key, { params, query, body }, run);
}

function checked(place: string, schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  // Only our words and the names of fields: what was sent may be a patient's.
  const issues = result.error.issues.map((issue) => `${issue.path.join('.') || place}: ${issue.message}`);
  throw new AppError('INVALID_REQUEST', `In the ${place}: ${issues.slice(0, 5).join('; ')}`);
}

/** The reply passes its schema: what is not documented is not sent. */
function send(endpoint: Endpoint, reply: Reply, res: Response): void {
  const spec = endpoint.replies[reply.status];
  if (!spec) throw new AppError('INTERNAL', `${endpoint.operationId} answers an undocumented status`);
  res.status(reply.status);
  res.setHeader('cache-control', 'no-store');
  if (reply.etag) res.setHeader('etag', reply.etag);
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value);
  if (reply.stream) return void reply.stream(res);
  if (spec.contentType) return void res.type(spec.contentType).send(reply.body);
  if (!spec.schema) return void res.end();
  res.json(spec.schema.parse(reply.body));
}
