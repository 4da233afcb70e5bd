import { useState } from 'preact/hooks';
import { api, asProblem, type Problem, type RulesCheck } from '../../api/index.js';
import { Dialog } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { Notice, ProblemNotice } from '../../parts/notice.js';
import { say } from '../../parts/toast.js';

/** The rules as text. They are checked before they can be put in force, and every version is kept. */
export function Editor({
  text,
  changed,
  etag,
  onChange,
  onPut,
  onDiscard,
}: {
  text: string;
  changed: boolean;
  /** Of the version in force that the editing began with. */
  etag: string;
  onChange: (text: string) => void;
  onPut: () => void;
  onDiscard: () => void;
}) {
  const [checked, setChecked] = useState<{ text: string; check: RulesCheck }>();
  const [problem, setProblem] = useState<Problem>();
  const [asking, setAsking] = useState(false);
  const validate = async () => {
    setProblem(undefined);
    try {
      const check = await api.checkRules(text);
      setChecked({ text, check });
      return check.valid;
    } catch (error) {
      setProblem(asProblem(error));
      return false;
    }
  };
  return (
    <section class="card span-12" aria-labelledby="editor-title">
      <header>
        <h2 id="editor-title">Edit</h2>
        <span class="row">
          {changed && (
            <button type="button" class="button small plain" onClick={onDiscard}>
              Discard my changes
            </button>
          )}
          <button type="button" class="button small" onClick={validate}>
            <Icon name="check" size={14} />
            Validate
          </button>
          <button
            type="button"
            class="button small primary"
            disabled={!changed}
            onClick={async () => (await validate()) && setAsking(true)}
          >
            Put in force …
          </button>
        </span>
      </header>
      <label class="field">
        <span>Rules as YAML: what stands below “routing” in config/modalities.yaml</span>
        <textarea
          rows={18}
          spellcheck={false}
          value={text}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      </label>
      <div aria-live="polite" class="stack between">
        <ProblemNotice problem={problem} />
        {/* Of another text, typed or taken from a version since, it says nothing. */}
        {checked?.text === text && <Verdict check={checked.check} />}
      </div>
      {asking && (
        <PutDialog
          text={text}
          etag={etag}
          onClose={() => setAsking(false)}
          onPut={() => {
            setAsking(false);
            setChecked(undefined);
            onPut();
          }}
        />
      )}
    </section>
  );
}

function Verdict({ check }: { check: RulesCheck }) {
  if (check.valid) {
    return (
      <Notice tone="good">
        <p>The rules hold. “Explain” above shows what they would do to a study.</p>
      </Notice>
    );
  }
  return (
    <Notice tone="bad">
      <p>
        <strong>The rules do not hold.</strong>
      </p>
      <ul class="lines">
        {check.errors.map(({ path, message }, index) => (
          <li key={index}>
            {path && <code>{path}</code>} {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function PutDialog({
  text,
  etag,
  onClose,
  onPut,
}: {
  text: string;
  etag: string;
  onClose: () => void;
  onPut: () => void;
}) {
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const submit = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { version } = await api.putRules(text, comment, etag);
      say('good', `Version ${version} is in force`);
      onPut();
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Put these rules in force?"
      submit="Put in force"
      busy={busy}
      onClose={onClose}
      onSubmit={submit}
    >
      <p class="muted">
        Every worker uses them from its next study on. Studies that are done are not run again by themselves.
        The version of now is kept and can be taken back.
      </p>
      <label class="field">
        <span>Why (for those who come later)</span>
        <input maxLength={500} value={comment} onInput={(event) => setComment(event.currentTarget.value)} />
      </label>
      <ProblemNotice problem={problem} />
    </Dialog>
  );
}
