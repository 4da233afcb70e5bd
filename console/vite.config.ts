import preact from '@preact/preset-vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The console as static files in dist/console; src/admin/pages/console-router.ts serves them. */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [preact()],
  build: {
    outDir: here('../dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    // light-dark() is kept as it is written.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Nothing becomes a data: address; the page's policy does not allow them.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      '/admin': 'http://127.0.0.1:8080',
      '/dicom-web': 'http://127.0.0.1:8080',
      '/viewer': 'http://127.0.0.1:8080',
    },
  },
});
