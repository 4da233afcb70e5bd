import { createHash } from 'node:crypto';

/**
 * Asks for a token, or leads to the issuer where there is one, when a person without a session opens the viewer. A link from another site opens it without the
 * session's cookie (SameSite=Strict), so the page first looks whether there is a session after all, once.
 */
const SCRIPT = `
const form = document.querySelector('form');
const failure = document.querySelector('[role=alert]');
const ask = (method, body) =>
  fetch('/admin/v1/session', {
    method,
    body,
    headers: { 'content-type': 'application/json', 'x-requested-with': 'esp-console' },
  });
const tried = Number(sessionStorage.getItem('esp-viewer-tried'));
const again = () => {
  sessionStorage.setItem('esp-viewer-tried', String(Date.now()));
  location.replace(location.href);
};
ask('GET')
  .then((answer) => answer.json())
  .then(({ name, oidc }) => {
    if (name && Date.now() - tried > 10000) again();
    const link = document.querySelector('a');
    link.href = '/admin/v1/session/oidc?returnTo=' + encodeURIComponent(location.pathname + location.search);
    link.hidden = !oidc;
  })
  .catch(() => undefined);
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  failure.textContent = '';
  const answer = await ask('POST', JSON.stringify({ token: form.token.value })).catch(() => undefined);
  if (answer && answer.ok) return again();
  const problem = answer ? await answer.json().catch(() => ({})) : {};
  failure.textContent = problem.detail || 'The gateway does not answer';
});
`;

export const SIGN_IN_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in to the viewer</title>
<style>
body { background: #101418; color: #e8eaed; font: 16px/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 24rem; padding: 1rem }
input, button { box-sizing: border-box; font: inherit; margin-top: .5rem; padding: .5rem; width: 100% }
a { color: #8ab4f8 }
[role=alert] { color: #ff9b9b; min-height: 1.5em }
</style>
<h1>Sign in</h1>
<form>
<label>Token <input name="token" type="password" autocomplete="current-password" required autofocus></label>
<button>Sign in</button>
<p><a hidden>Sign in with your account</a></p>
<p role="alert"></p>
</form>
<script>${SCRIPT}</script>
</html>
`;

const scriptHash = createHash('sha256').update(SCRIPT).digest('base64');

/** Headers of the page: its own script and nothing else runs. */
export const SIGN_IN_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none'; script-src 'sha256-${scriptHash}'; style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
