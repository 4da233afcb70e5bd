import type { Request, RequestHandler } from 'express';
import { type Access, requireScope } from '../../access/index.js';
import { isSurfaceOpen, type Settings } from '../../config/index.js';
import { AppError } from '../../core/index.js';
import { SIGN_IN_HEADERS, SIGN_IN_PAGE } from './sign-in-page.js';

/** What guards each surface; each endpoint of `/admin/v1` names its scope, `/metrics` has rules of its own. */
export interface Guards {
  readonly dicomweb: RequestHandler;
  readonly viewer: RequestHandler;
  readonly hook: RequestHandler;
}

/** The guards by the settings; a surface that is open is guarded by nothing. */
export function openGuards(settings: Settings, access: Access): Guards {
  const open: RequestHandler = (_req, _res, next) => next();
  const guard = (surface: keyof Guards, guarded: RequestHandler) =>
    isSurfaceOpen(settings, surface) ? open : guarded;
  return {
    dicomweb: guard('dicomweb', requireScope(access, scopeOfDicomweb)),
    viewer: guard('viewer', askToSignIn(requireScope(access, 'viewer'))),
    hook: guard('hook', requireScope(access, 'hook')),
  };
}

const scopeOfDicomweb = (req: Request) => (req.method === 'POST' ? 'dicomweb:store' : 'dicomweb:read');

/** A browser that opens a page without a session is shown where to sign in. */
function askToSignIn(guard: RequestHandler): RequestHandler {
  return (req, res, next) =>
    guard(req, res, (error?: unknown) => {
      const isPage = req.method === 'GET' && (req.get('accept') ?? '').includes('text/html');
      if (!isPage || !(error instanceof AppError) || error.code !== 'UNAUTHORIZED') return next(error);
      res.status(401).set(SIGN_IN_HEADERS).type('html').send(SIGN_IN_PAGE);
    });
}
