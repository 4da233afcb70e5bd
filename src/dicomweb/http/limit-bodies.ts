import type { Request, RequestHandler } from 'express';

/** For a whole body of the administration and the hook; they take 1 MB at most. */
const BODY_TIMEOUT_MS = 60_000;
/** How long the rest of a body is read and thrown away after the answer, so that its sender gets to read the answer. */
const LINGER_MS = 2_000;

/**
 * Closes connections on which a body does not end: after the answer, or when it takes too long.
 * @param timesItself tells the requests whose handler limits the body itself
 */
export function limitBodies(timesItself: (req: Request) => boolean): RequestHandler {
  return (req, res, next) => {
    const { socket } = req;
    const timers: NodeJS.Timeout[] = [];
    if (hasBody(req) && !timesItself(req)) {
      timers.push(
        setTimeout(() => {
          if (req.complete) return;
          if (!res.headersSent) res.status(408).end();
        }, BODY_TIMEOUT_MS),
      );
    }
    res.once('finish', () => {
      if (req.complete) return;
      req.resume();
      timers.push(
        setTimeout(() => {
          if (!req.complete) socket.destroy();
        }, LINGER_MS),
      );
    });
    req.once('close', () => timers.forEach(clearTimeout));
    next();
  };
}

const hasBody = ({ headers }: Request) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
