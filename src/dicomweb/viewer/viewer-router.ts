import { extname } from 'node:path';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { appConfig, type ViewerPaths } from './app-config.js';
import { MISSING_PAGE } from './missing-page.js';
import { ViewerAssets } from './viewer-assets.js';
import { cacheControl, ISOLATION, pageHeaders } from './viewer-headers.js';

/** What the viewer is served from. */
export interface ViewerOptions extends ViewerPaths {
  /** Folder with OHIF's prebuilt files; `scripts/install-viewer` fills it. */
  readonly ohifDir: string;
}

/** Scripts and style sheets directly under the dist's root: only their text may need the base path. */
const TEXT_ASSET = /^\/([\w.-]+\.(?:js|css))$/;

/** Serves OHIF on the gateway's own origin. Mount it at `basePath`. */
export function viewerRouter({ ohifDir, dicomwebRoot, basePath }: ViewerOptions): Router {
  const assets = new ViewerAssets(ohifDir, basePath);
  const viewer = Router();

  viewer.use((_request, response, next) => {
    response.set(ISOLATION);
    next();
  });
  viewer.get('/app-config.js', (_request, response) => {
    response.type('js').set('Cache-Control', 'no-cache').send(appConfig({ basePath, dicomwebRoot }));
  });
  viewer.get('/manifest.json', async (_request, response, next) => {
    const manifest = await assets.manifest().catch(() => undefined);
    if (manifest === undefined) return next();
    response.type('json').set('Cache-Control', cacheControl('manifest.json')).send(manifest);
  });
  viewer.get(['/', '/index.html'], (_request, response, next) => sendPage(assets, response, next));
  // The service worker would load from elsewhere and cache what it should not.
  viewer.get(['/sw.js', '/init-service-worker.js'], notFound);
  viewer.get(TEXT_ASSET, (request, response, next) => sendAsset(assets, request, response, next));
  viewer.use(
    express.static(ohifDir, {
      index: false,
      redirect: false,
      setHeaders: (response, path) => void response.setHeader('Cache-Control', cacheControl(path)),
    }),
  );
  // A missing file is an error; any other path is one of the viewer's own pages.
  viewer.get('/*path', (request, response, next) =>
    /\.\w+$/.test(request.path) ? notFound(request, response) : sendPage(assets, response, next),
  );
  return viewer;
}

async function sendAsset(
  assets: ViewerAssets,
  request: Request,
  response: Response,
  next: NextFunction,
): Promise<void> {
  const name = TEXT_ASSET.exec(request.path)?.[1] ?? '';
  const asset = await assets.asset(name);
  if (asset === undefined) return next();
  const gzipped = request.acceptsEncodings('gzip', 'identity') === 'gzip';
  // The name's hash stands for the original, not for what was made of it here.
  response.type(extname(name)).set({ 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' });
  if (gzipped) response.set('Content-Encoding', 'gzip');
  response.send(gzipped ? asset.gzipped : asset.plain);
}

async function sendPage(assets: ViewerAssets, response: Response, next: NextFunction): Promise<void> {
  try {
    const { html, inlineScripts } = await assets.index();
    response.type('html').set(pageHeaders(inlineScripts)).send(html);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return next(error);
    response.status(503).type('html').set('Cache-Control', 'no-store').send(MISSING_PAGE);
  }
}

function notFound(_request: Request, response: Response): void {
  response.status(404).type('text').send('Not found');
}
