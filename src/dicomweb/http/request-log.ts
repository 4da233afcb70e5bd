import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** A path without identifiers: UIDs become `{uid}`, the query (which may hold a patient's name) is left out. */
export function loggablePath(path: string): string {
  return path.split('?')[0]!.replace(/\d+(\.\d+){2,}/g, '{uid}');
}

/** One log line a request, when its answer has ended; the request id is sent back as `x-request-id`. */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const started = process.hrtime.bigint();
    const requestId = randomUUID();
    res.setHeader('x-request-id', requestId);
    const path = loggablePath(req.originalUrl);
    res.once('close', () => {
      const milliseconds = Math.round(Number(process.hrtime.bigint() - started) / 1e6);
      const entry = { requestId, method: req.method, path, status: res.statusCode, milliseconds };
      if (res.statusCode >= 500) log.warn(entry, 'request');
      else log.debug(entry, 'request');
    });
    next();
  };
}
