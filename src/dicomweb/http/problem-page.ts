import type { Request } from 'express';
import type { Problem } from '../../core/index.js';

/** Nothing of the page comes from elsewhere, and nothing of it runs. */
export const PROBLEM_PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** True for a person's browser that opens an address: programs that ask for JSON or DICOM get what they ask for. */
export function wantsPage(req: Request): boolean {
  const isRead = req.method === 'GET' || req.method === 'HEAD';
  return isRead && (req.get('accept') ?? '').split(',', 1)[0]!.trim().startsWith('text/html');
}

/** A problem as a page, with the way back to the console. */
export function problemPage({ status, title, detail, advice }: Problem): string {
  const head = status === 404 ? 'There is no such page' : HEADS[Math.floor(status / 100)]!;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${head}: ESP-MedSAM</title>
<style>
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 34rem; padding: 1rem }
h1 { font-size: 1.5rem; margin: 0 }
small { opacity: .75 }
</style>
<h1>${head}</h1>
<p>${escaped(detail)}.</p>
<p>${escaped(advice)}</p>
<p><a href="/">Console</a> · <a href="/viewer/">Viewer</a></p>
<p><small>${status} ${escaped(title)}</small></p>
</html>
`;
}

const HEADS: Readonly<Record<number, string>> = {
  4: 'This cannot be shown',
  5: 'The gateway cannot show this now',
};

const escaped = (text: string) =>
  text
    .replace(/\.$/, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
