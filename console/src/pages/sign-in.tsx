import { useState } from 'preact/hooks';
import { Brand, ThemeSwitch } from '../frame.js';
import { asProblem, type Problem } from '../api/index.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemNotice } from '../parts/notice.js';
import { signIn } from '../session.js';

/** A token of the settings opens a session; the token itself is not kept by the browser. */
export function SignInPage() {
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (token === '' || busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await signIn(token.trim());
    } catch (error) {
      setProblem(inWords(asProblem(error)));
      setBusy(false);
    }
  };
  return (
    <main id="main" class="alone">
      <div class="card">
        <Brand />
        <PageHead title="Sign in">
          With the admin, operator or viewer token that the gateway was started with.
        </PageHead>
        <form class="stack" onSubmit={submit}>
          <label class="field">
            <span>Token</span>
            <input
              type="password"
              autoComplete="current-password"
              required
              autoFocus
              value={token}
              onInput={(event) => setToken(event.currentTarget.value)}
            />
          </label>
          <ProblemNotice problem={problem} />
          <button class="button primary" type="submit" disabled={busy || token === ''}>
            {busy ? 'Signing in …' : 'Sign in'}
          </button>
        </form>
        <p class="small muted">
          The tokens are the settings <code>admin.token</code>, <code>admin.operatorToken</code> and{' '}
          <code>admin.viewerToken</code>. The session ends after 12 hours.
        </p>
      </div>
      <div class="row apart">
        <span class="small muted">Research software, not for clinical use.</span>
        <ThemeSwitch />
      </div>
    </main>
  );
}

/** The gateway's advice on a wrong token is for programs; here a person has typed it. */
const inWords = (problem: Problem): Problem =>
  problem.status === 401
    ? {
        ...problem,
        advice: 'Copy the whole token from where the gateway is set up, without spaces or quotes.',
      }
    : problem;
