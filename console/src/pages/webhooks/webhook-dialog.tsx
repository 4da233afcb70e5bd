import { useState } from 'preact/hooks';
import { api, asProblem, type Problem, type Webhook, type WebhookEvent } from '../../api/index.js';
import { Dialog } from '../../parts/dialog.js';
import { ProblemNotice } from '../../parts/notice.js';
import { say } from '../../parts/toast.js';

const WORDS: Readonly<Record<WebhookEvent, string>> = {
  'study.done': 'a study has ended with a result',
  'study.failed': 'a study has failed for good',
  alert: 'something is wrong: no study comes, or a device gives other results',
};
const EVENTS = Object.keys(WORDS) as WebhookEvent[];

/** Adds a webhook or changes one. The secret is written only; nobody can read it again. */
export function WebhookDialog({
  webhook,
  onClose,
  onDone,
}: {
  webhook: Webhook | undefined;
  onClose: () => void;
  onDone: () => void;
}) {
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [secret, setSecret] = useState('');
  const [active, setActive] = useState(webhook?.active ?? true);
  const [events, setEvents] = useState<WebhookEvent[]>(webhook?.events ?? ['study.done', 'study.failed']);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const submit = async () => {
    setBusy(true);
    setProblem(undefined);
    const change = { url, events, active };
    try {
      if (webhook) {
        // Whoever changed it meanwhile wins; the dialog says so.
        const { data, etag } = await api.webhook(webhook.id);
        await api.changeWebhook(
          webhook.id,
          { ...change, ...(secret === '' ? {} : { secret }) },
          data.updatedAt === webhook.updatedAt ? etag : '"0"',
        );
      } else {
        await api.addWebhook({ ...change, secret });
      }
      say('good', webhook ? 'Changed' : 'Added');
      onDone();
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  const toggle = (event: WebhookEvent) => (change: Event) => {
    const on = (change.currentTarget as HTMLInputElement).checked;
    setEvents(EVENTS.filter((name) => (name === event ? on : events.includes(name))));
  };
  return (
    <Dialog
      title={webhook ? 'Change the webhook' : 'Add a webhook'}
      submit={webhook ? 'Change' : 'Add'}
      busy={busy}
      disabled={events.length === 0}
      onClose={onClose}
      onSubmit={submit}
    >
      <label class="field">
        <span>Address</span>
        <input
          type="url"
          required
          value={url}
          placeholder="https://…"
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
      </label>
      <fieldset class="choices">
        <legend>Told when</legend>
        {EVENTS.map((event) => (
          <label key={event} class="check">
            <input type="checkbox" checked={events.includes(event)} onChange={toggle(event)} />
            <span>
              {WORDS[event]} <code class="faint">{event}</code>
            </span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>
          {webhook
            ? 'New secret (empty: the present one stays)'
            : 'Secret that signs the deliveries, 16 characters or more'}
        </span>
        <input
          type="password"
          autoComplete="new-password"
          minLength={16}
          maxLength={200}
          required={!webhook}
          value={secret}
          onInput={(event) => setSecret(event.currentTarget.value)}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        On
      </label>
      <ProblemNotice problem={problem} />
    </Dialog>
  );
}
