import { Channel } from '../../parts/badge.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import type { RoutingRules } from '../../api/index.js';

const KEYS: Readonly<Record<string, string>> = {
  modality: 'modality',
  bodyPart: 'body part',
  region: 'anatomic region',
  sopClass: 'kind of image',
  stationName: 'station name',
  manufacturerModelName: 'model of the device',
  description: 'description has',
};

type Rule = RoutingRules['rules'][number];
type Veto = RoutingRules['vetoes'][number];

const COLUMNS: readonly Column<Rule | Veto>[] = [
  { title: 'Rule', class: 'nowrap', cell: ({ id }) => <code>{id}</code> },
  {
    title: 'When the header says',
    label: 'When',
    cell: (rule) => (
      <>
        <When when={rule.when} />
        {'reason' in rule && <span class="small muted why">{rule.reason}</span>}
      </>
    ),
  },
  {
    title: 'Channel',
    cell: (rule) =>
      'channel' in rule ? <Channel channel={rule.channel} /> : <span class="muted">none: veto</span>,
  },
  { title: 'Weight', number: true, cell: (rule) => ('weight' in rule ? rule.weight.toFixed(2) : '–') },
];

/** The rules in force, as sentences. */
export function RuleTable({ rules }: { rules: RoutingRules }) {
  return (
    <section class="card flush span-12" aria-labelledby="rules-title">
      <header>
        <h2 id="rules-title">Rules in force</h2>
        <p>
          header alone decides from {rules.strong}; below {rules.weak} the picture alone
        </p>
      </header>
      <DataTable
        what="rules"
        columns={COLUMNS}
        rows={[...rules.rules, ...rules.vetoes]}
        keyOf={({ id }) => id}
        tight
        windowOf="rules-title"
      />
    </section>
  );
}

function When({ when }: { when: Readonly<Record<string, readonly string[]>> }) {
  return (
    <span class="wrap-anywhere">
      {Object.entries(when).map(([key, values], index) => (
        <span key={key}>
          {index > 0 && <span class="muted"> and </span>}
          {KEYS[key] ?? key}: {values.join(', ')}
        </span>
      ))}
    </span>
  );
}
