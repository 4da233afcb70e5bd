import { useState } from 'preact/hooks';
import { api, type Setting } from '../api/index.js';
import { Empty } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { useResource } from '../resource.js';
import { type Column, DataTable } from '../parts/data-table.js';

type Row = Setting & { readonly name: string };

/** What the gateway runs with and where each value comes from. */
export function SettingsPage() {
  const { data, problem, reload } = useResource((signal) => api.settings(signal), []);
  const [text, setText] = useState('');
  const [changedOnly, setChangedOnly] = useState(false);
  const rows = Object.entries(data?.settings ?? {}).flatMap(([section, values]) =>
    Object.entries(values).map(([key, setting]): Row => ({ ...setting, name: `${section}.${key}` })),
  );
  const shown = rows.filter(
    (row) =>
      (!changedOnly || (row.origin ?? 'default') !== 'default') &&
      [row.name, row.environment, row.description]
        .join(' ')
        .toLowerCase()
        .includes(text.trim().toLowerCase()),
  );
  return (
    <>
      <PageHead title="Settings">
        As this gateway read them when it started; a worker's may differ. To change one, set its variable or
        the file named by <code>ESP_CONFIG</code>, and start again.
      </PageHead>
      <section class="card" aria-labelledby="privacy-title">
        <header>
          <h2 id="privacy-title">What this console shows to whom</h2>
        </header>
        <p class="muted">
          What identifies a patient is read from the archive when somebody with the right looks, and kept
          nowhere here. Everybody who may look sees modality, study date, description and station; accession
          number and patient ID only who may also operate. Names, birth dates and sex are never shown in
          lists.
        </p>
      </section>
      <form
        class="card filter"
        role="search"
        aria-label="Settings"
        onSubmit={(event) => event.preventDefault()}
      >
        <label class="field">
          <span>Find</span>
          <input
            type="search"
            value={text}
            placeholder="quiet, token, ESP_QUEUE …"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={changedOnly}
            onChange={(event) => setChangedOnly(event.currentTarget.checked)}
          />
          Only what differs from the default
        </label>
      </form>
      <DataTable
        what="settings"
        card={{ label: 'Settings' }}
        columns={COLUMNS}
        rows={data && shown}
        keyOf={({ name }) => name}
        tight
        problem={problem}
        reload={reload}
        empty={<Empty icon="sliders" title="No setting matches" />}
      />
    </>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Setting', cell: ({ name }) => <code>{name}</code> },
  { title: 'Value', class: 'wrap-anywhere', cell: ({ value }) => <code>{shownValue(value)}</code> },
  { title: 'Comes from', cell: (row) => <Origin setting={row} /> },
  { title: 'What it does', label: '', class: 'muted small', cell: ({ description }) => description },
];

function Origin({ setting: { origin = 'default', environment } }: { setting: Setting }) {
  return (
    <span class="setting-name">
      {origin === 'default' ? <span class="muted">{origin}</span> : <strong>{origin}</strong>}
      {environment && <code class="small faint wrap-anywhere">{environment}</code>}
    </span>
  );
}

const shownValue = (value: Setting['value']) =>
  value === '' ? '(empty)' : value === null ? '(none)' : String(value);
