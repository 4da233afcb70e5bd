import { createHash } from 'node:crypto';
import { REPAIRS } from './repairs.js';

/** The dist's scripts (main and workers) find their other parts under this fixed path. */
const PUBLIC_PATH = '__webpack_require__.p = "/"';
/** Style sheets name their fonts from the root. */
const CSS_ROOT = /\burl\((["']?)\/(?!\/)/g;

/** Whether a script or style sheet refers to the root or is to be repaired. */
export function needsRewrite(name: string, text: string): boolean {
  if (name.endsWith('.css')) return text.search(CSS_ROOT) >= 0;
  return text.includes(PUBLIC_PATH) || REPAIRS.some(({ find }) => text.includes(find));
}

/** Moves what a script or style sheet refers to from `/` to the base path, and repairs it. */
export function rewriteAsset(name: string, text: string, basePath: string): string {
  if (name.endsWith('.css'))
    return text.replace(CSS_ROOT, (_match, quote: string) => `url(${quote}${basePath}/`);
  const moved = text.replaceAll(PUBLIC_PATH, `__webpack_require__.p = ${JSON.stringify(`${basePath}/`)}`);
  return REPAIRS.reduce((script, { find, replace }) => script.replaceAll(find, replace), moved);
}

/** Moves what the page refers to from `/` to the base path, and leaves the service worker out. */
export function rewriteIndex(html: string, basePath: string): string {
  return html
    .replace(/<script\b[^>]*\binit-service-worker\.js[^>]*><\/script>/g, '')
    .replace(/\b(src|href|content)="\/(?!\/)/g, (_match, name: string) => `${name}="${basePath}/`)
    .replace(/PUBLIC_URL\s*=\s*"\/"/g, `PUBLIC_URL=${JSON.stringify(`${basePath}/`)}`);
}

/** Moves the icons of the web app manifest. */
export function rewriteManifest(json: string, basePath: string): string {
  return json.replace(
    /"(src|start_url)":\s*"\/(?!\/)/g,
    (_match, name: string) => `"${name}": "${basePath}/`,
  );
}

/** CSP sources that allow exactly the page's inline scripts. */
export function inlineScriptHashes(html: string): readonly string[] {
  return [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script]) =>
      `'sha256-${createHash('sha256')
        .update(script ?? '')
        .digest('base64')}'`,
  );
}
