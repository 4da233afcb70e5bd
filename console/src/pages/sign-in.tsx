import { useState } from 'preact/hooks';
import { Brand, ThemeSwitch } from '../frame.js';
import { asProblem, type Problem } from '../api/index.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemNotice } from '../parts/notice.js';
import { session, signIn, signInAtIssuer } from '../session.js';

/** A token or an API key opens a session, or the issuer does; the browser keeps neither token nor key. */
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
        <PageHead title="Sign in">With a token that the gateway was started with, or an API key.</PageHead>
        {session.value?.oidc && (
          <button class="button primary" type="button" onClick={signInAtIssuer}>
            Sign in with your account
          </button>
        )}
        {session.value?.name && (
          <p role="alert">
            You are signed in as {session.value.name}, whose roles open no page of the console.
          </p>
        )}
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
          <code>admin.viewerToken</code>; API keys are made by an administrator. The session ends after 12
          hours.
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
