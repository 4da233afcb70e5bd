import { formatPercent } from '../../format.js';
import { Channel } from '../../parts/badge.js';
import { Empty, Notice } from '../../parts/notice.js';
import { Ago } from '../../parts/time.js';
import type { Models, Shadow } from '../../types/index.js';
import { plural } from '../../words.js';
import { TableScroll } from '../../parts/table-scroll.js';

/** How the shadow model agrees with the active one. */
export function ShadowCard({ shadow, models }: { shadow: Shadow; models: Models }) {
  const nameOf = (id: string | null) => {
    const model = models.items.find((item) => item.id === id);
    return model ? `${model.name} ${model.version}` : (id ?? '');
  };
  return (
    <section class="card flush span-12" aria-labelledby="shadow-title">
      <header>
        <h2 id="shadow-title">Shadow comparison</h2>
        {shadow.model && shadow.since && (
          <p>
            {nameOf(shadow.model.id)} beside {nameOf(shadow.against)}, since <Ago at={shadow.since} />
          </p>
        )}
      </header>
      {shadow.model === null && (
        <Empty icon="model" title="No shadow runs">
          <p>
            “Run as shadow” lets another model see every study and compares its masks with those of the active
            one, without storing anything. Then you know before you activate it.
          </p>
        </Empty>
      )}
      {shadow.model && (shadow.failed > 0 || shadow.skipped > 0) && (
        <div class="notices inset">
          {shadow.failed > 0 && (
            <Notice tone="warn">
              <p>
                The shadow failed on {plural(shadow.failed, 'study', 'studies')}; the studies did not.{' '}
                {shadow.lastError && <code>{shadow.lastError}</code>}
              </p>
            </Notice>
          )}
          {shadow.skipped > 0 && (
            <Notice tone="calm">
              <p>
                {plural(shadow.skipped, 'study was', 'studies were')} left out: they came faster than the
                shadow works.
              </p>
            </Notice>
          )}
        </div>
      )}
      {shadow.model && shadow.perChannel.length === 0 && (
        <Empty icon="clock" title="Nothing compared yet">
          <p>The first line appears after the next study.</p>
        </Empty>
      )}
      {shadow.perChannel.length > 0 && (
        <TableScroll>
          <table class="folds">
            <thead>
              <tr>
                <th scope="col">Channel</th>
                <th scope="col" class="number">
                  Studies
                </th>
                <th scope="col" class="number">
                  Units
                </th>
                <th scope="col" class="number">
                  Same outcome
                </th>
                <th scope="col" class="number">
                  Overlap of masks (mean Dice)
                </th>
              </tr>
            </thead>
            <tbody>
              {shadow.perChannel.map((row) => (
                <tr key={row.channel ?? ''}>
                  <th scope="row">
                    <Channel channel={row.channel} />
                  </th>
                  <td data-label="Studies" class="number">
                    {row.studies}
                  </td>
                  <td data-label="Units" class="number">
                    {row.units}
                  </td>
                  <td data-label="Same outcome" class="number">
                    {formatPercent(row.sameOutcome)}
                  </td>
                  <td data-label="Overlap of masks" class="number">
                    {row.meanDice === null ? '–' : row.meanDice.toFixed(3)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </section>
  );
}
