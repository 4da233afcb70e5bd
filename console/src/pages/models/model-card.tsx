import { useState } from 'preact/hooks';
import { api, type Model, type ModelList, type Verification } from '../../api/index.js';
import { formatBytes, formatSeconds } from '../../format.js';
import { Badge, Channels } from '../../parts/badge.js';
import { ask } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { Ago } from '../../parts/time.js';
import { attempt } from '../../parts/toast.js';
import { CopyButton } from '../../parts/uid.js';
import { may } from '../../session.js';
import type { Word } from '../../words.js';

const STATES: Readonly<Record<Model['state'], Word>> = {
  active: { text: 'Active', tone: 'good', icon: 'check', meaning: 'Workers use it.' },
  shadow: {
    text: 'Shadow',
    tone: 'calm',
    icon: 'circle',
    meaning: 'Runs beside the active one; stores nothing.',
  },
  available: { text: 'Available', tone: 'quiet', icon: 'circle', meaning: 'Lies ready; nobody uses it.' },
};

/** A model and what can be done with it. */
export function ModelCard({
  model,
  active,
  reload,
}: {
  model: Model;
  active: ModelList['active'];
  reload: () => void;
}) {
  const title = `model-${model.id}`;
  return (
    <section class="card span-6" aria-labelledby={title}>
      <header>
        <h2 id={title}>
          {model.name} {model.version}
        </h2>
        <Badge word={STATES[model.state]} />
      </header>
      <dl class="facts">
        <dt>Id</dt>
        <dd>
          <code>{model.id}</code>
          {model.configured && <span class="muted"> · named by model.manifest</span>}
        </dd>
        {model.state === 'active' && active.at && (
          <>
            <dt>Active since</dt>
            <dd>
              <Ago at={active.at} />, by {active.actor}
            </dd>
          </>
        )}
        <dt>Channels</dt>
        <dd>
          <Channels channels={model.modalities} />
        </dd>
        <dt>Weights</dt>
        <dd>
          <code title={model.sha256}>{model.sha256.slice(0, 16)}…</code>{' '}
          <CopyButton text={model.sha256} what="SHA-256 of the weights" /> {formatBytes(model.size)}
        </dd>
        <dt>Manifest</dt>
        <dd>
          <code>{model.manifestPath}</code>
        </dd>
        <dt>Verified</dt>
        <dd>
          <Verified verification={model.verified} />
        </dd>
      </dl>
      {may('admin') && <Actions model={model} reload={reload} />}
    </section>
  );
}

function Verified({ verification }: { verification: Verification | null | undefined }) {
  if (!verification) return <span class="muted">not yet</span>;
  const failed = verification.checks.filter(({ status }) => status === 'fail');
  return (
    <div>
      <span class="row">
        <Badge
          word={
            verification.ok
              ? { text: 'Passed', tone: 'good', icon: 'check', meaning: '' }
              : { text: 'Did not pass', tone: 'bad', icon: 'cross', meaning: '' }
          }
        />
        <span class="muted">
          <Ago at={verification.at} />, in {formatSeconds(verification.seconds)}
        </span>
      </span>
      <details>
        <summary>{failed.length > 0 ? 'What failed' : 'What was tried'}</summary>
        <ul class="lines">
          {verification.checks.map(({ name, status, detail }) => (
            <li key={name}>
              {name}: {status === 'ok' ? 'well' : status === 'fail' ? 'failed' : 'left out'} – {detail}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

type Busy = 'verify' | 'activate' | 'shadow' | undefined;

function Actions({ model, reload }: { model: Model; reload: () => void }) {
  const [busy, setBusy] = useState<Busy>();
  const act = async (which: Busy, run: () => Promise<unknown>, done: string) => {
    setBusy(which);
    await attempt(run, done);
    setBusy(undefined);
    reload();
  };
  const verify = () =>
    act('verify', () => api.verifyModel(model.id), 'The model was tried; see what was found');
  const activate = async () => {
    const sure = await ask({
      title: `Activate ${model.name} ${model.version}?`,
      text: (
        <>
          <p>
            A worker tries it first; if it does not pass, nothing changes. Then all workers take it up before
            their next study.
          </p>
          <p>
            Studies that are done keep their results until they are processed again. “Roll back” returns to
            the model of now. A shadow comparison begins anew.
          </p>
        </>
      ),
      submit: 'Activate',
    });
    if (sure) await act('activate', () => api.activateModel(model.id), 'The model is active');
  };
  const startShadow = async () => {
    const sure = await ask({
      title: `Run ${model.name} ${model.version} as shadow?`,
      text: 'It sees every study after the result is stored, and stores nothing. Every worker needs memory for a second engine. A comparison that goes on now begins anew.',
      submit: 'Run it as shadow',
    });
    if (sure) await act('shadow', () => api.setShadow(model.id), 'It runs as shadow');
  };
  const endShadow = async () => {
    const sure = await ask({
      title: `End ${model.name} ${model.version} as shadow?`,
      text: 'What was compared so far is deleted. The model itself stays as it is.',
      submit: 'End it',
      danger: true,
    });
    if (sure) await act('shadow', () => api.setShadow(null), 'The shadow has ended');
  };
  return (
    <div class="row between">
      <button type="button" class="button small" onClick={verify} disabled={busy !== undefined}>
        <Icon name={busy === 'verify' ? 'spinner' : 'check'} size={14} />
        {busy === 'verify' ? 'Verifying …' : 'Verify'}
      </button>
      {model.state !== 'active' && (
        <>
          <button
            type="button"
            class="button small"
            onClick={model.state === 'shadow' ? endShadow : startShadow}
            disabled={busy !== undefined}
          >
            <Icon name={model.state === 'shadow' ? 'cross' : 'circle'} size={14} />
            {model.state === 'shadow' ? 'End the shadow' : 'Run as shadow'}
          </button>
          <button type="button" class="button small primary" onClick={activate} disabled={busy !== undefined}>
            <Icon name={busy === 'activate' ? 'spinner' : 'play'} size={14} />
            {busy === 'activate' ? 'Trying it …' : 'Activate'}
          </button>
        </>
      )}
    </div>
  );
}
