import type { RequestHandler } from 'express';
import { bearerToken, secretMatcher } from '../../core/index.js';

/** Lets a request pass when it carries the token; an empty token lets all pass (loopback only, see settings). */
export function requireBearer(token: string, realm: string): RequestHandler {
  if (token === '') return (_req, _res, next) => next();
  const matches = secretMatcher({ [realm]: token });
  return (req, res, next) => {
    if (matches(bearerToken(req.headers.authorization))) return next();
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
