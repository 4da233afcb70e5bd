import { useState } from 'preact/hooks';
import { api, type Priority, type Study } from '../../api/index.js';
import { ask, Dialog } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { attempt } from '../../parts/toast.js';
import { may } from '../../session.js';

/** What can be done with a study. */
export function StudyActions({ study, onDone }: { study: Study; onDone: () => void }) {
  const [asking, setAsking] = useState(false);
  const uid = study.studyInstanceUid;
  const runs = study.state === 'running';
  const cancel = async () => {
    const sure = await ask({
      title: runs ? 'Stop this run?' : 'Take this study out of the queue?',
      text: runs
        ? 'It stops before its next frame. Results that are stored by then stay; nothing more is segmented until somebody reprocesses it.'
        : 'It is not processed until its images change or somebody reprocesses it.',
      submit: runs ? 'Stop it' : 'Take it out',
      danger: true,
    });
    if (!sure) return;
    await attempt(() => api.cancel(uid), runs ? 'The run stops' : 'The study is taken out');
    onDone();
  };
  return (
    <>
      {may('operator') && ['quiet', 'queued', 'running', 'retrying'].includes(study.state) && (
        <button type="button" class="button danger" onClick={cancel}>
          <Icon name="cross" />
          Cancel
        </button>
      )}
      {may('operator') && (
        <button type="button" class="button" onClick={() => setAsking(true)}>
          <Icon name="retry" />
          Reprocess
        </button>
      )}
      <a class="button primary" href={study.links.viewer} target="_blank" rel="noopener">
        <Icon name="external" />
        Open in OHIF
        <span class="hidden"> (new tab)</span>
      </a>
      {asking && (
        <ReprocessDialog
          uid={uid}
          onClose={() => setAsking(false)}
          onDone={() => {
            setAsking(false);
            onDone();
          }}
        />
      )}
    </>
  );
}

const PRIORITIES: readonly { value: Priority; text: string; note: string }[] = [
  { value: 'urgent', text: 'Urgent', note: 'before everything that waits' },
  { value: 'normal', text: 'Normal', note: 'in the order of arrival' },
  { value: 'offpeak', text: 'Off-peak', note: 'when the off-peak hours begin' },
];

/** A choice of priority, as radio buttons. */
export function PriorityChoice({
  value,
  onChange,
}: {
  value: Priority;
  onChange: (value: Priority) => void;
}) {
  return (
    <fieldset class="choices">
      <legend>Priority</legend>
      {PRIORITIES.map((option) => (
        <label key={option.value} class="check">
          <input
            type="radio"
            name="priority"
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.text} <span class="muted">– {option.note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function ReprocessDialog({ uid, onClose, onDone }: { uid: string; onClose: () => void; onDone: () => void }) {
  const [priority, setPriority] = useState<Priority>('normal');
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    if (await attempt(() => api.reprocess(uid, priority), 'Queued again')) onDone();
    else setBusy(false);
  };
  return (
    <Dialog title="Reprocess this study?" submit="Reprocess" busy={busy} onClose={onClose} onSubmit={submit}>
      <p class="muted">
        It is processed again although nothing changed. A result that comes out the same is not stored twice;
        one that differs is added, and the old one counts as superseded.
      </p>
      <PriorityChoice value={priority} onChange={setPriority} />
    </Dialog>
  );
}
