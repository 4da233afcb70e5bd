import { api } from '../../api.js';
import { ask } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { Loading, ProblemNotice } from '../../parts/notice.js';
import { Moment } from '../../parts/time.js';
import { attempt } from '../../parts/toast.js';
import { useResource } from '../../resource.js';
import { may } from '../../session.js';
import { TableScroll } from '../../parts/table-scroll.js';

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
      <ProblemNotice problem={problem} />
      {data === undefined && !problem && <Loading what="versions" />}
      {data && (
        <TableScroll>
          <table class="folds tight">
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">Since</th>
                <th scope="col">Who</th>
                <th scope="col">Why</th>
                {may('admin') && (
                  <th scope="col">
                    <span class="hidden">Actions</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {data.items.map((line) => (
                <tr key={line.version}>
                  <th scope="row">
                    {line.version}
                    {line.version === current && <span class="muted"> · in force</span>}
                  </th>
                  <td data-label="Since">
                    {line.at ? <Moment at={line.at} /> : <span class="muted">from the start</span>}
                  </td>
                  <td data-label="Who">{line.actor ?? ''}</td>
                  <td data-label="Why" class="wrap-anywhere">
                    {line.comment}
                  </td>
                  {may('admin') && (
                    <td>
                      {/* The editor begins with the version in force. */}
                      {line.version !== current && (
                        <button type="button" class="button small" onClick={() => take(line.version)}>
                          <Icon name="copy" size={14} />
                          Edit from this
                        </button>
                      )}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </section>
  );
}
