import type { Request, RequestHandler, Response } from 'express';
import type { Telemetry } from './telemetry.js';
import { routeOf } from './route-of.js';
import { withSpan } from './span.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);
const CLIENT_LEFT = 499;

/**
 * Puts every request into a scope of its own, with a span and a value of the request histogram. To be used after the
 * middleware that sets `x-request-id`.
 */
export function traceRequest({ metrics, tracing }: Pick<Telemetry, 'metrics' | 'tracing'>): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    const method = METHODS.has(req.method) ? req.method : 'OTHER';
    const path = req.originalUrl.split('?')[0]!;
    const requestId = String(res.getHeader('x-request-id') ?? '');
    const span = tracing.start(method, {
      parent: req.get('traceparent'),
      kind: 'server',
      attributes: { 'http.request.method': method, 'esp.request_id': requestId },
    });
    res.once('close', () => {
      const route = routeOf(path, (req as Request & { route?: { path?: unknown } }).route?.path);
      const status = res.writableFinished ? res.statusCode : CLIENT_LEFT;
      span.rename(`${method} ${route}`);
      span.set({ 'http.route': route, 'http.response.status_code': status });
      span.end(status >= 500 ? String(status) : undefined);
      if (isEventStream(res)) return;
      metrics.httpDuration.observe({ method, route, status }, (performance.now() - started) / 1000);
    });
    withSpan({ requestId, tracing, span }, next);
  };
}

/** Open for hours: its duration says nothing of the gateway. */
const isEventStream = (res: Response) =>
  String(res.getHeader('content-type')).startsWith('text/event-stream');
