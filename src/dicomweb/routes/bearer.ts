import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';

/** Lets a request pass when it carries the token; an empty token lets all pass (loopback only, see settings). */
export function requireBearer(token: string, realm: string): RequestHandler {
  if (token === '') return (_req, _res, next) => next();
  const expected = digest(`Bearer ${token}`);
  return (req, res, next) => {
    // Digests have one length, so that comparing takes the same time whatever was sent.
    if (timingSafeEqual(digest(req.headers.authorization ?? ''), expected)) return next();
    res
      .status(401)
      .setHeader('www-authenticate', `Bearer realm="${realm}"`)
      .type('application/problem+json')
      .send({
        type: 'urn:esp-medsam:error:unauthorized',
        title: 'UNAUTHORIZED',
        status: 401,
        detail: `This needs \`Authorization: Bearer <${realm} token>\``,
        advice: `The token is the setting ${realm}.token.`,
      });
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();
