import { type Activation, api, type ModelList } from '../api/index.js';
import { ask } from '../parts/dialog.js';
import { Icon } from '../parts/icon.js';
import { Empty, Loading, Notice, ProblemNotice } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { Moment } from '../parts/time.js';
import { attempt } from '../parts/toast.js';
import { useResource } from '../resource.js';
import { may } from '../session.js';
import { ModelCard } from './models/model-card.js';
import { ShadowCard } from './models/shadow-card.js';
import { type Column, DataTable } from '../parts/data-table.js';

/** Which model works, which could, and how a second one would do. */
export function ModelsPage() {
  const models = useResource((signal) => api.models(signal), [], { seconds: 15 });
  // The shadow compares after the study has ended, and no event tells of it: the page asks often.
  const shadow = useResource((signal) => api.shadow(signal), [], { topics: ['study'], seconds: 4 });
  const reload = () => {
    models.reload();
    shadow.reload();
  };
  const { data } = models;
  return (
    <>
      <PageHead title="Models" actions={data && may('admin') && <RollBack models={data} reload={reload} />}>
        Every manifest below <code>model.directory</code> is a model. Workers take a newly activated one up
        before their next study.
      </PageHead>
      <div class="notices">
        <ProblemNotice problem={models.problem ?? shadow.problem} retry={reload} />
        {data && <Troubles models={data} />}
      </div>
      {data === undefined && !models.problem && <Loading what="models" />}
      {data?.items.length === 0 && (
        <Empty icon="model" title="No model lies ready">
          <p>
            Put one with its <code>manifest.json</code> below <code>model.directory</code>; it appears here by
            itself.
          </p>
        </Empty>
      )}
      <div class="grid">
        {data?.items.map((model) => (
          <ModelCard key={model.id} model={model} active={data.active} reload={reload} />
        ))}
        {shadow.data && data && <ShadowCard shadow={shadow.data} models={data} />}
        {data && <History models={data} />}
      </div>
    </>
  );
}

function RollBack({ models, reload }: { models: ModelList; reload: () => void }) {
  if (models.previous === null) return null;
  const rollBack = async () => {
    const sure = await ask({
      title: 'Go back to the model before?',
      text: (
        <p>
          <code>{models.previous}</code> becomes active at once. Studies that are done keep their results. A
          shadow comparison begins anew.
        </p>
      ),
      submit: 'Go back',
    });
    if (sure && (await attempt(() => api.rollBackModel(), 'The model before is active again'))) reload();
  };
  return (
    <button type="button" class="button" onClick={rollBack}>
      <Icon name="retry" />
      Roll back
    </button>
  );
}

function Troubles({ models }: { models: ModelList }) {
  return (
    <>
      {!models.active.present && models.active.id !== null && (
        <Notice tone="bad">
          <p>
            <strong>The files of the active model are gone.</strong> Workers keep what they have loaded; one
            that starts anew cannot load it. Put the files back, or activate another model.
          </p>
        </Notice>
      )}
      {models.problems.map((problem) => (
        <Notice key={problem.worker} tone="bad">
          <p>
            <strong>
              Worker {problem.worker} keeps another model than <code>{problem.id}</code>.
            </strong>
          </p>
          <p>
            {problem.message} <span class="small faint">{problem.code}</span>
          </p>
        </Notice>
      ))}
      {models.unreadable.map(({ path, reason }) => (
        <Notice key={path} tone="warn">
          <p>
            <code>{path}</code> {reason}.
          </p>
        </Notice>
      ))}
    </>
  );
}

const HISTORY: readonly Column<Activation>[] = [
  { title: 'When', cell: ({ at }) => <Moment at={at} /> },
  { title: 'What', cell: ({ action }) => (action === 'activated' ? 'Activated' : 'Rolled back to') },
  { title: 'Model', cell: ({ id }) => <code>{id}</code> },
  { title: 'Who', cell: ({ actor }) => actor },
];

function History({ models }: { models: ModelList }) {
  if (models.history.length === 0) return null;
  return (
    <section class="card flush span-12" aria-labelledby="history-title">
      <header>
        <h2 id="history-title">What was active before</h2>
      </header>
      <DataTable
        what="activations"
        columns={HISTORY}
        rows={models.history}
        keyOf={({ at }, index) => `${at}-${index}`}
        tight
      />
    </section>
  );
}
