import { useState } from 'preact/hooks';
import { api } from '../api.js';
import { Empty, Loading, ProblemNotice } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { useResource } from '../resource.js';
import type { Setting } from '../types/index.js';
import { TableScroll } from '../parts/table-scroll.js';

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
      <div class="notices">
        <ProblemNotice problem={problem} retry={reload} />
      </div>
      {data === undefined && !problem && <Loading what="settings" />}
      {data && (
        <section class="card flush" aria-label="Settings">
          {shown.length === 0 ? (
            <Empty icon="sliders" title="No setting matches" />
          ) : (
            <SettingTable rows={shown} />
          )}
        </section>
      )}
    </>
  );
}

function SettingTable({ rows }: { rows: readonly Row[] }) {
  return (
    <TableScroll>
      <table class="folds tight">
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">Value</th>
            <th scope="col">Comes from</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                <code>{row.name}</code>
              </th>
              <td data-label="Value" class="wrap-anywhere">
                <code>{shownValue(row.value)}</code>
              </td>
              <td data-label="Comes from">
                <Origin setting={row} />
              </td>
              <td class="muted small">{row.description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

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
