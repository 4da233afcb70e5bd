import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewerRouter } from '../../../src/dicomweb/viewer/viewer-router.js';

const FILES = {
  'index.html':
    '<!doctype html><html><head><link rel="manifest" href="/manifest.json"><script>window.PUBLIC_URL="/"</script>' +
    '<script rel="preload" as="script" type="module" src="/init-service-worker.js"></script>' +
    '<script defer src="/app.bundle.0123456789abcdef.js"></script></head><body></body></html>',
  'app.bundle.0123456789abcdef.js': '__webpack_require__.p = "/"; totalBytes = Math.ceil(totalBits / 8);',
  '12.bundle.0123456789abcdef.js': 'nothing to move',
  'app.bundle.css': '@font-face { src: url(/a.woff2) } .b { background: url(data:x) }',
  'manifest.json': '{ "icons": [{ "src": "/assets/icon.png" }] }',
  'sw.js': 'importScripts("https://elsewhere.example/x.js")',
};

let folder: string;
let app: express.Express;

const serve = (ohifDir: string) =>
  express().use('/viewer', viewerRouter({ ohifDir, dicomwebRoot: '/dicom-web', basePath: '/viewer' }));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'esp-viewer-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  app = serve(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the page', () => {
  it.each(['/viewer', '/viewer/', '/viewer/index.html', '/viewer/viewer?StudyInstanceUIDs=2.25.1'])(
    'is sent for %s with its parts under the base path',
    async (path) => {
      const { text, status } = await request(app).get(path);
      expect(status).toBe(200);
      expect(text).toContain('src="/viewer/app.bundle.0123456789abcdef.js"');
      expect(text).toContain('href="/viewer/manifest.json"');
      expect(text).toContain('PUBLIC_URL="/viewer/"');
      expect(text).not.toContain('service-worker');
    },
  );

  it('is isolated and may talk to its own origin only', async () => {
    const { headers } = await request(app).get('/viewer/');
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cache-control': 'no-cache',
    });
    const policy = headers['content-security-policy']!;
    expect(policy).toMatch(/script-src 'self' 'unsafe-eval' blob: 'sha256-[\w+/=]+'/);
    expect(policy).not.toMatch(/https?:|\*/);
  });
});

describe('files', () => {
  it('find their other parts under the base path, and read one-bit frames as DICOM packs them', async () => {
    const { text, headers } = await request(app).get('/viewer/app.bundle.0123456789abcdef.js');
    expect(text).toBe('__webpack_require__.p = "/viewer/"; totalBytes = Math.ceil(totalBits / 16) * 2;');
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'content-encoding': 'gzip' });
    expect(headers['content-type']).toMatch(/javascript/);
    const plain = await request(app)
      .get('/viewer/app.bundle.0123456789abcdef.js')
      .set('Accept-Encoding', 'identity');
    expect(plain.text).toBe(text);
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  it('that are not changed may be kept for ever', async () => {
    const { headers } = await request(app).get('/viewer/12.bundle.0123456789abcdef.js').expect(200);
    expect(headers['cache-control']).toMatch(/immutable/);
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  });

  it('of style name their fonts under the base path', async () => {
    const { text } = await request(app).get('/viewer/app.bundle.css');
    expect(text).toContain('url(/viewer/a.woff2)');
    expect(text).toContain('url(data:x)');
  });

  it('of the web app manifest are moved as well', async () => {
    const { body } = await request(app).get('/viewer/manifest.json');
    expect(body).toEqual({ icons: [{ src: '/viewer/assets/icon.png' }] });
  });

  it.each([
    '/viewer/sw.js',
    '/viewer/init-service-worker.js',
    '/viewer/none.js',
    '/viewer/..%2f..%2fpackage.json',
  ])('do not include %s', async (path) => {
    const { status } = await request(app).get(path);
    expect(status).toBe(404);
  });
});

describe('the settings', () => {
  it('point at the gateway itself', async () => {
    const { text } = await request(app).get('/viewer/app-config.js').expect(200);
    const window = {} as { config: ViewerConfig };
    runInNewContext(text, { window });
    const { configuration } = window.config.dataSources[0]!;
    expect(window.config.routerBasename).toBe('/viewer');
    expect(configuration).toMatchObject({
      qidoRoot: '/dicom-web',
      wadoRoot: '/dicom-web',
      wadoUriRoot: '/dicom-web',
    });
    expect(configuration.bulkDataURI.transform('http://orthanc:8042/dicom-web/studies/1.2/bulk/7')).toBe(
      '/dicom-web/studies/1.2/bulk/7',
    );
    expect(text).not.toMatch(/cloudfront|google/);
    expect(window.config.extensions.map(({ id }) => id)).toEqual(['esp-medsam.show-newest-seg']);
    expect(typeof window.config.extensions[0]!.onModeEnter).toBe('function');
  });
});

it('says what to do while the viewer is not installed', async () => {
  const { status, text } = await request(serve(join(folder, 'absent'))).get('/viewer/');
  expect(status).toBe(503);
  expect(text).toContain('scripts/install-viewer');
});

interface ViewerConfig {
  readonly routerBasename: string;
  readonly extensions: readonly { readonly id: string; onModeEnter(context: unknown): void }[];
  readonly dataSources: readonly {
    readonly configuration: { readonly bulkDataURI: { transform(url: string): string } };
  }[];
}
