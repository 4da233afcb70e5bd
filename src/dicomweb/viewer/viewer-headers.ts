/**
 * Headers of the viewer's page. Cross-origin isolation gives it shared memory; the policy lets it load from and
 * talk to its own origin only. `unsafe-eval`: cornerstone and VTK compile code at run time.
 */
export function pageHeaders(inlineScripts: readonly string[]): Readonly<Record<string, string>> {
  return {
    ...ISOLATION,
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': [
      "default-src 'self'",
      `script-src 'self' 'unsafe-eval' blob: ${inlineScripts.join(' ')}`,
      "worker-src 'self' blob:",
      "connect-src 'self' blob: data:",
      "img-src 'self' blob: data:",
      "style-src 'self' 'unsafe-inline'",
      "font-src 'self' data:",
      "frame-ancestors 'self'",
      "base-uri 'self'",
      "object-src 'none'",
    ].join('; '),
  };
}

/** Cross-origin isolation; workers need it as much as the page. */
export const ISOLATION: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** Files with a hash in their name never change; the others may with the next version. */
export function cacheControl(file: string): string {
  const hashed = /\.[0-9a-f]{16}\.js$|(^|\/)[0-9a-f]{16}\.(wasm|woff2)$/.test(file);
  return hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
}
