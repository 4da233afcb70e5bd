import { formatPercent } from '../../format.js';
import { Channel } from '../../parts/badge.js';
import { Empty, Notice } from '../../parts/notice.js';
import { Ago } from '../../parts/time.js';
import type { ModelList, ShadowAgreement, ShadowComparison } from '../../api/index.js';
import { plural } from '../../words.js';
import { type Column, DataTable } from '../../parts/data-table.js';

const COLUMNS: readonly Column<ShadowAgreement>[] = [
  { title: 'Channel', cell: ({ channel }) => <Channel channel={channel} /> },
  { title: 'Studies', number: true, cell: ({ studies }) => studies },
  { title: 'Units', number: true, cell: ({ units }) => units },
  { title: 'Same outcome', number: true, cell: ({ sameOutcome }) => formatPercent(sameOutcome) },
  {
    title: 'Overlap of masks (mean Dice)',
    label: 'Overlap of masks',
    number: true,
    cell: ({ meanDice }) => meanDice?.toFixed(3) ?? '–',
  },
];

/** How the shadow model agrees with the active one. */
export function ShadowCard({ shadow, models }: { shadow: ShadowComparison; models: ModelList }) {
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
      {shadow.model && (
        <DataTable
          what="the comparison"
          columns={COLUMNS}
          rows={shadow.perChannel}
          keyOf={({ channel }) => channel ?? ''}
          empty={
            <Empty icon="clock" title="Nothing compared yet">
              <p>The first line appears after the next study.</p>
            </Empty>
          }
        />
      )}
    </section>
  );
}
