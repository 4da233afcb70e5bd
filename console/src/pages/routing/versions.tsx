import { api, type RoutingVersionSummary } from '../../api/index.js';
import { ask } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { Moment } from '../../parts/time.js';
import { attempt } from '../../parts/toast.js';
import { useResource } from '../../resource.js';
import { may } from '../../session.js';
import { actionColumn, type Column, DataTable } from '../../parts/data-table.js';

const COLUMNS: readonly Column<RoutingVersionSummary>[] = [
  { title: 'Since', cell: ({ at }) => (at ? <Moment at={at} /> : <span class="muted">from the start</span>) },
  { title: 'Who', cell: ({ actor }) => actor ?? '' },
  { title: 'Why', class: 'wrap-anywhere', cell: ({ comment }) => comment },
];

/** Every version there was; an old one is taken back by editing from it. */
export function Versions({
  current,
  edited,
  onTake,
}: {
  current: number;
  /** The editor holds changes that are in no version. */
  edited: boolean;
  onTake: (text: string) => void;
}) {
  const { data, problem } = useResource((signal) => api.rulesVersions(signal), [current]);
  const take = async (version: number) => {
    const sure =
      !edited ||
      (await ask({
        title: 'Replace what you have edited?',
        text: `The text of version ${version} takes its place in the editor; your changes are lost.`,
        submit: 'Replace it',
        danger: true,
      }));
    if (!sure) return;
    const taken = await attempt(
      async () => onTake((await api.rulesVersion(version)).text),
      `Version ${version} is in the editor; it is not in force yet`,
    );
    if (taken) document.getElementById('editor-title')?.scrollIntoView();
  };
  return (
    <section class="card flush span-12" aria-labelledby="versions-title">
      <header>
        <h2 id="versions-title">Versions</h2>
      </header>
      <DataTable
        what="versions"
        columns={[
          {
            title: 'Version',
            cell: ({ version }) => (
              <>
                {version}
                {version === current && <span class="muted"> · in force</span>}
              </>
            ),
          },
          ...COLUMNS,
          ...actionColumn<RoutingVersionSummary>(
            may('admin'),
            ({ version }) =>
              // The editor begins with the version in force.
              version !== current && (
                <button type="button" class="button small" onClick={() => take(version)}>
                  <Icon name="copy" size={14} />
                  Edit from this
                </button>
              ),
          ),
        ]}
        rows={data?.items}
        keyOf={({ version }) => version}
        tight
        problem={problem}
      />
    </section>
  );
}
