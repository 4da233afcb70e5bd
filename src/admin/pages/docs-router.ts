import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { CONSOLE_HEADER } from '../../access/index.js';

/** The only files of swagger-ui that the page needs. */
const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
  'favicon-32x32.png': 'image/png',
};

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ESP-MedSAM administration</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="page"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

// Addresses are relative to the page: they hold behind a proxy that serves it at another path.
const START = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#page',
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    request.headers['${CONSOLE_HEADER.name}'] = '${CONSOLE_HEADER.value}';
    return request;
  },
});
`;

// swagger-ui sets styles on elements and shows its icons from data: addresses; everything else is ours.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** `GET /docs`: the OpenAPI document for people, by swagger-ui from its package. */
export function docsRouter(): Router {
  const folder = join(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'), '..');
  const router = express.Router();
  router.use('/docs', (_req, res, next) => {
    res.setHeader('content-security-policy', POLICY);
    next();
  });
  router.get('/docs', (req, res) => {
    // With a slash at the end the page's relative addresses would be wrong.
    if (req.path.endsWith('/')) return res.redirect(301, '../docs');
    return res.type('html').send(PAGE);
  });
  router.get('/docs/start.js', (_req, res) => {
    res.type('text/javascript').send(START);
  });
  for (const [name, type] of Object.entries(FILES)) {
    const content = readFileSync(join(folder, name));
    router.get(`/docs/${name}`, (_req, res) => {
      res.type(type).setHeader('cache-control', 'private, max-age=3600');
      res.send(content);
    });
  }
  return router;
}
