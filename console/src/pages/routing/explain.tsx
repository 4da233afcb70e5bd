import { useState } from 'preact/hooks';
import { api, asProblem, type Explanation, type Problem } from '../../api/index.js';
import { formatPercent } from '../../format.js';
import { Badge, Channel } from '../../parts/badge.js';
import { Icon } from '../../parts/icon.js';
import { Notice, ProblemNotice } from '../../parts/notice.js';
import { Uid } from '../../parts/uid.js';
import { channelTitle } from '../../channels.js';
import { plural, type Word } from '../../words.js';
import { RecentStudiesChoice } from './recent-studies.js';

/** Asks a worker what would happen to a study, without doing it. */
export function Explain({ study, draft }: { study: string; draft: string | undefined }) {
  const [uid, setUid] = useState(study);
  const [withDraft, setWithDraft] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [answer, setAnswer] = useState<Explanation>();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || uid.trim() === '') return;
    setBusy(true);
    setProblem(undefined);
    setAnswer(undefined);
    try {
      setAnswer(await api.explain(uid.trim(), withDraft ? draft : undefined));
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };
  return (
    <section class="card span-12" aria-labelledby="explain-title">
      <header>
        <h2 id="explain-title">What would happen to a study?</h2>
        <p>a worker looks at it; nothing is stored</p>
      </header>
      <form class="explain" onSubmit={submit}>
        <label class="field">
          <span>StudyInstanceUID</span>
          <input
            required
            value={uid}
            spellcheck={false}
            onInput={(event) => setUid(event.currentTarget.value)}
          />
        </label>
        {draft !== undefined && (
          <label class="check">
            <input
              type="checkbox"
              checked={withDraft}
              onChange={(event) => setWithDraft(event.currentTarget.checked)}
            />
            with the rules as edited below
          </label>
        )}
        <button type="submit" class="button primary" disabled={busy}>
          <Icon name={busy ? 'spinner' : 'play'} />
          {busy ? 'A worker looks at it …' : 'Explain'}
        </button>
      </form>
      <RecentStudiesChoice chosen={uid} onChoose={setUid} />
      <div aria-live="polite" class="stack between">
        <ProblemNotice problem={problem} />
        {answer && <Answer answer={answer} />}
      </div>
    </section>
  );
}

const WOULD: Readonly<Record<Explanation['units'][number]['would'], Word>> = {
  segment: { text: 'Would be segmented', tone: 'good', icon: 'check', meaning: '' },
  unsupported: { text: 'Would be unsupported', tone: 'warn', icon: 'slash', meaning: '' },
  fail: { text: 'Would fail', tone: 'bad', icon: 'cross', meaning: '' },
};

function Answer({ answer }: { answer: Explanation }) {
  return (
    <>
      <p class="muted">
        {plural(answer.instances, 'instance')} in the archive; by{' '}
        {answer.rulesVersion === null ? 'the edited rules' : `version ${answer.rulesVersion} of the rules`}{' '}
        and model {answer.model.version}.
      </p>
      {answer.unchanged && (
        <Notice tone="calm">
          <p>Nothing has changed since the last run: only “Reprocess” would run it again.</p>
        </Notice>
      )}
      {answer.units.length === 0 && (
        <Notice tone="warn">
          <p>The study has no image that could be looked at.</p>
        </Notice>
      )}
      {answer.units.map((unit, index) => (
        <article key={index} class="decision">
          <div class="row apart">
            <span class="row">
              <Badge word={WOULD[unit.would]} />
              <Channel channel={unit.decision.channel} />
              <strong class="number">{formatPercent(unit.decision.score)}</strong>
            </span>
            <span class="small muted">
              series <Uid uid={unit.seriesInstanceUid} />, {plural(unit.frames, 'frame')}
            </span>
          </div>
          <ol class="reasons">
            {unit.decision.reasons.map((reason, n) => (
              <li key={n}>{reason}</li>
            ))}
          </ol>
          <Scores unit={unit} />
        </article>
      ))}
      {!answer.complete && <p class="muted">The study has more units; these are the first ones.</p>}
    </>
  );
}

function Scores({ unit }: { unit: Explanation['units'][number] }) {
  const header = Object.entries(unit.evidence.header?.scores ?? {});
  const pixels = Object.entries(unit.evidence.pixels?.probabilities ?? {}).sort((a, b) => b[1] - a[1]);
  const list = (entries: readonly (readonly [string, number])[]) =>
    entries
      .map(
        ([name, value]) => `${name === 'none' ? 'none of them' : channelTitle(name)} ${formatPercent(value)}`,
      )
      .join(', ');
  return (
    <dl class="facts small">
      {header.length > 0 && (
        <>
          <dt>Header</dt>
          <dd>{list(header)}</dd>
        </>
      )}
      {pixels.length > 0 && (
        <>
          <dt>Picture</dt>
          <dd>{list(pixels)}</dd>
        </>
      )}
    </dl>
  );
}
