import { Channel } from '../../parts/badge.js';
import type { RoutingRules } from '../../types/index.js';

const KEYS: Readonly<Record<string, string>> = {
  modality: 'modality',
  bodyPart: 'body part',
  region: 'anatomic region',
  sopClass: 'kind of image',
  stationName: 'station name',
  manufacturerModelName: 'model of the device',
  description: 'description has',
};

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
      <div class="table-wrap scroll" tabIndex={0} role="region" aria-labelledby="rules-title">
        <table class="folds tight">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col">When the header says</th>
              <th scope="col">Channel</th>
              <th scope="col" class="number">
                Weight
              </th>
            </tr>
          </thead>
          <tbody>
            {rules.rules.map((rule) => (
              <tr key={rule.id}>
                <th scope="row" class="nowrap">
                  <code>{rule.id}</code>
                </th>
                <td data-label="When">
                  <When when={rule.when} />
                </td>
                <td data-label="Channel">
                  <Channel channel={rule.channel} />
                </td>
                <td data-label="Weight" class="number">
                  {rule.weight.toFixed(2)}
                </td>
              </tr>
            ))}
            {rules.vetoes.map((veto) => (
              <tr key={veto.id}>
                <th scope="row">
                  <code>{veto.id}</code>
                </th>
                <td data-label="When">
                  <When when={veto.when} />
                  <span class="small muted why">{veto.reason}</span>
                </td>
                <td data-label="Channel">
                  <span class="muted">none: veto</span>
                </td>
                <td data-label="Weight" class="number">
                  –
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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
