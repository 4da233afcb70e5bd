import { useState } from 'preact/hooks';
import { api, type Webhook } from '../api/index.js';
import { Badge } from '../parts/badge.js';
import { ask } from '../parts/dialog.js';
import { Icon } from '../parts/icon.js';
import { Empty, Loading, ProblemNotice } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { attempt } from '../parts/toast.js';
import { useResource } from '../resource.js';
import { may } from '../session.js';
import { Deliveries } from './webhooks/deliveries.js';
import { WebhookDialog } from './webhooks/webhook-dialog.js';

/** Who is told when a study ends or something is wrong. */
export function WebhooksPage() {
  const { data, problem, reload } = useResource((signal) => api.webhooks(signal), [], { seconds: 60 });
  const [editing, setEditing] = useState<Webhook | 'new'>();
  return (
    <>
      <PageHead
        title="Webhooks"
        actions={
          may('admin') && (
            <button type="button" class="button" onClick={() => setEditing('new')}>
              <Icon name="hook" />
              Add a webhook
            </button>
          )
        }
      >
        Addresses that are told when a study ends or something is wrong; each delivery is signed.
      </PageHead>
      <div class="notices">
        <ProblemNotice problem={problem} retry={reload} />
      </div>
      {data === undefined && !problem && <Loading what="webhooks" />}
      {data?.items.length === 0 && (
        <section class="card">
          <Empty icon="hook" title="Nobody is told yet">
            <p>
              Add a webhook to start a workflow, fill a worklist or page somebody when a study has its result.
              How to check the signature is in docs/observability.md.
            </p>
          </Empty>
        </section>
      )}
      <div class="webhooks">
        {data?.items.map((webhook) => (
          <WebhookCard
            key={webhook.id}
            webhook={webhook}
            onEdit={() => setEditing(webhook)}
            reload={reload}
          />
        ))}
      </div>
      {editing && (
        <WebhookDialog
          webhook={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onDone={() => {
            setEditing(undefined);
            reload();
          }}
        />
      )}
    </>
  );
}

function WebhookCard({
  webhook,
  onEdit,
  reload,
}: {
  webhook: Webhook;
  onEdit: () => void;
  reload: () => void;
}) {
  const [tested, setTested] = useState(0);
  const test = async () => {
    if (await attempt(() => api.testWebhook(webhook.id), 'A test is on its way')) setTested(tested + 1);
  };
  const remove = async () => {
    const sure = await ask({
      title: 'Remove this webhook?',
      text: 'Its deliveries that still wait are not made, and the log of past ones is deleted.',
      submit: 'Remove',
      danger: true,
    });
    if (sure && (await attempt(() => api.removeWebhook(webhook.id), 'Removed'))) reload();
  };
  const title = `webhook-${webhook.id}`;
  return (
    <section class="card flush" aria-labelledby={title}>
      <header>
        <h2 id={title} class="wrap-anywhere">
          {webhook.url}
        </h2>
        <Badge
          word={
            webhook.active
              ? { text: 'On', tone: 'good', icon: 'check', meaning: '' }
              : { text: 'Off', tone: 'quiet', icon: 'pause', meaning: 'Nothing is sent but tests.' }
          }
        />
      </header>
      <div class="row apart padded">
        <span class="muted">on {webhook.events.join(', ')}</span>
        <span class="row">
          <button type="button" class="button small" onClick={test}>
            <Icon name="play" size={14} />
            Test
          </button>
          <button type="button" class="button small" onClick={onEdit}>
            <Icon name="sliders" size={14} />
            Change
          </button>
          <button type="button" class="button small danger" onClick={remove}>
            <Icon name="trash" size={14} />
            Remove
          </button>
        </span>
      </div>
      <Deliveries id={webhook.id} tested={tested} />
    </section>
  );
}
