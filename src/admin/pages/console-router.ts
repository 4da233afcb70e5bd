import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Response, type Router } from 'express';

/** The console's own pages; any other path stays an unknown one and gets a problem. */
const PAGES = [
  '/',
  '/studies',
  '/studies/:uid',
  '/quarantine',
  '/drift',
  '/models',
  '/routing',
  '/doctor',
  '/webhooks',
  '/settings',
  '/audit',
  '/sign-in',
];

// Scripts, styles and pictures come from here and nothing is written into the page itself.
const POLICY = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const NOT_BUILT = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Console not built</title>
  <h1>The console is not built</h1>
  <p>Run <code>npm run build:console</code> in the project folder, then load this page again.</p>
  <p>Studies are processed without it, and its REST interface is described at <a href="/admin/v1/docs">/admin/v1/docs</a>.</p>
</html>
`;

/**
 * Serves the administrator's console at the gateway's root.
 * @param folder what `npm run build:console` has made
 */
export function consoleRouter(folder: string): Router {
  const router = express.Router();
  // A file with a hash in its name never changes.
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { index: false, immutable: true, maxAge: '365d' }),
  );
  router.get('/favicon.svg', (_req, res, next) => {
    res.sendFile('favicon.svg', { root: folder, maxAge: '1h' }, (error) => error && next());
  });
  router.get(PAGES, (_req, res, next) => {
    sendPage(folder, res).catch(next);
  });
  return router;
}

async function sendPage(folder: string, res: Response): Promise<void> {
  res.type('html').set({ 'content-security-policy': POLICY, 'referrer-policy': 'same-origin' });
  try {
    const page = await readFile(join(folder, 'index.html'), 'utf8');
    res.set('cache-control', 'no-cache').send(page);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    res.status(503).set('cache-control', 'no-store').send(NOT_BUILT);
  }
}
