import { useEffect, useState } from 'preact/hooks';
import { api, asProblem, type Problem, type SelfTest as Test, type SelfTestStep } from '../../api/index.js';
import { formatSeconds } from '../../format.js';
import { Badge } from '../../parts/badge.js';
import { Icon } from '../../parts/icon.js';
import { Notice, ProblemNotice } from '../../parts/notice.js';
import { may } from '../../session.js';
import type { Word } from '../../words.js';

/** Sends a drawn study through the whole chain and removes it again. */
export function SelfTest() {
  const [id, setId] = useState<string>();
  const [test, setTest] = useState<Test>();
  const [problem, setProblem] = useState<Problem>();
  const running = id !== undefined && (test?.state ?? 'running') === 'running' && !problem;

  useEffect(() => {
    if (!running) return undefined;
    const controller = new AbortController();
    const look = () =>
      api.selfTest(id, controller.signal).then(setTest, (error: unknown) => {
        if (!controller.signal.aborted) setProblem(asProblem(error));
      });
    const timer = setInterval(look, 1000);
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [id, running]);

  const start = async () => {
    setProblem(undefined);
    setTest(undefined);
    setId(undefined);
    try {
      setId((await api.startSelfTest()).id);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <section class="card span-4 top" aria-labelledby="self-test-title">
      <header>
        <h2 id="self-test-title">Self-test</h2>
      </header>
      <div class="stack">
        <p class="muted">
          Stores a drawn phantom in the archive, waits for its segmentation, reads it back, and removes both
          again.
        </p>
        {may('operator') ? (
          <button type="button" class="button primary" onClick={start} disabled={running}>
            <Icon name={running ? 'spinner' : 'play'} />
            {running ? 'Running …' : 'Send a phantom'}
          </button>
        ) : (
          <p class="muted">This needs the role operator.</p>
        )}
        <ProblemNotice problem={problem} />
        <div aria-live="polite">{test && <Steps test={test} />}</div>
      </div>
    </section>
  );
}

const STEP: Readonly<Record<SelfTestStep['status'], Word>> = {
  ok: { text: 'Done', tone: 'good', icon: 'check', meaning: '' },
  failed: { text: 'Failed', tone: 'bad', icon: 'cross', meaning: '' },
  running: { text: 'Now', tone: 'calm', icon: 'spinner', meaning: '' },
  waiting: { text: 'To come', tone: 'quiet', icon: 'circle', meaning: '' },
  skipped: { text: 'Left out', tone: 'quiet', icon: 'slash', meaning: '' },
};

function Steps({ test }: { test: Test }) {
  return (
    <div class="stack">
      <ol class="steps">
        {test.steps.map((step) => (
          <li key={step.title}>
            <Badge word={STEP[step.status]} />
            <span>
              {step.title}
              {step.detail && <span class="small muted why">{step.detail}</span>}
            </span>
            <span class="small muted number">{formatSeconds(step.seconds)}</span>
          </li>
        ))}
      </ol>
      {test.state === 'passed' && (
        <Notice tone="good">
          <p>
            <strong>The chain works.</strong> It took {formatSeconds(test.seconds)}.
            {test.removed
              ? ' The phantom is removed again.'
              : ' The phantom could not be removed; it stays in the archive.'}
          </p>
        </Notice>
      )}
      {test.state === 'failed' && (
        <Notice tone="bad">
          <p>
            <strong>The chain is broken</strong> at the step marked as failed.
          </p>
        </Notice>
      )}
    </div>
  );
}
