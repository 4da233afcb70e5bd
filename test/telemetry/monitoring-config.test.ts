import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { STAGES } from '../../src/telemetry/stages.js';
import { OUTCOMES } from '../../src/core/index.js';
import { CHANNELS } from '../support/channels.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const metrics = createMetrics();
const exported = metrics.registry.getMetricsAsArray() as unknown as {
  name: string;
  type: string;
  help: string;
  labelNames?: string[];
}[];
/** Prometheus' own. */
const OTHERS = new Map([['up', ['job', 'instance']]]);
/** Labels that scraping adds. */
const SCRAPED = ['job', 'instance'];
/** What histogram series are called, and the label they have. */
const SERIES = exported.flatMap(
  ({ name, type, labelNames = [] }): (readonly [string, readonly string[]])[] =>
    type === 'histogram'
      ? [
          [`${name}_bucket`, [...labelNames, 'le']],
          [`${name}_sum`, labelNames],
          [`${name}_count`, labelNames],
        ]
      : [[name, labelNames]],
);
const KNOWN = new Map<string, readonly string[]>([...SERIES, ...OTHERS]);
const VALUES: Readonly<Record<string, readonly string[]>> = {
  stage: STAGES,
  outcome: OUTCOMES,
  channel: [...CHANNELS, 'none', 'several'],
  state: ['waiting', 'active', 'delayed', 'completed', 'failed'],
  result: ['delivered', 'retried', 'failed'],
  job: ['esp-gateway', 'esp-worker'],
};

const FUNCTIONS =
  /^(sum|max|min|count|rate|increase|histogram_quantile|by|and|or|unless|on|ignoring|group_left|absent)$/;

/** Names of series that a PromQL expression asks for, and the labels it picks them by. */
function readsOf(expression: string): { names: string[]; labels: [string, string, string][]; by: string[] } {
  const plain = expression.replaceAll('$__rate_interval', '5m');
  const labels = [...plain.matchAll(/\{([^}]*)\}/g)].flatMap(([, inner]) =>
    [...inner!.matchAll(/(\w+)(=~|!=|=)"([^"]*)"/g)].map(
      (match) => match.slice(1, 4) as [string, string, string],
    ),
  );
  const by = [...plain.matchAll(/\b(?:by|on|ignoring) ?\(([^)]*)\)/g)].flatMap(([, list]) =>
    list!.split(',').map((name) => name.trim()),
  );
  const bare = plain
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(by|on|ignoring) ?\([^)]*\)/g, '');
  const names = [...bare.matchAll(/[a-zA-Z_:][\w:]*/g)]
    .map(([name]) => name)
    .filter((n) => !FUNCTIONS.test(n));
  return { names, labels, by };
}

function check(expression: string): void {
  const { names, labels, by } = readsOf(expression);
  expect(names.length, expression).toBeGreaterThan(0);
  for (const name of names) expect([...KNOWN.keys()], expression).toContain(name);
  const possible = new Set([...names.flatMap((name) => KNOWN.get(name)!), ...SCRAPED]);
  for (const label of [...by, ...labels.map(([label]) => label)]) {
    expect([...possible], expression).toContain(label);
  }
  for (const [label, operator, value] of labels) {
    const values = VALUES[label];
    if (!values) continue;
    const matching = values.filter((one) =>
      operator === '=~' ? new RegExp(`^(?:${value})$`).test(one) : one === value,
    );
    expect(matching, `${label}${operator}"${value}" in ${expression}`).not.toEqual([]);
  }
  const depth = [...expression].reduce((open, sign) => open + (sign === '(' ? 1 : sign === ')' ? -1 : 0), 0);
  expect(depth, expression).toBe(0);
}

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}

describe('the alert rules', () => {
  const { groups } = parse(read('config/prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules);

  it('are there, each under a name of its own', () => {
    expect(rules.length).toBeGreaterThan(8);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s asks for what is measured', (_, rule) => {
    check(rule.expr);
    expect(['critical', 'warning', 'info']).toContain(rule.labels.severity);
    expect(rule.annotations.summary.length).toBeGreaterThan(10);
    expect(rule.annotations.description.length).toBeGreaterThan(10);
    if (rule.for !== undefined) expect(rule.for).toMatch(/^\d+[smh]$/);
  });
});

describe('the dashboard', () => {
  const dashboard = JSON.parse(read('config/grafana/dashboards/esp-medsam.json')) as {
    uid: string;
    panels: {
      id: number;
      title: string;
      gridPos: { x: number; y: number; w: number; h: number };
      targets: { expr: string; legendFormat: string }[];
    }[];
  };
  const targets = dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => [title, expr, legendFormat] as const),
  );

  it.each(targets)('panel %s asks for what is measured', (_, expression, legend) => {
    check(expression);
    const { by } = readsOf(expression);
    for (const [, label] of legend.matchAll(/\{\{(\w+)\}\}/g)) {
      expect([...by, ...SCRAPED], legend).toContain(label);
    }
  });

  it('has a place for every panel', () => {
    const cells = new Set<string>();
    for (const { gridPos } of dashboard.panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(cells.has(`${x},${y}`)).toBe(false);
          cells.add(`${x},${y}`);
        }
      }
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});

describe('what Prometheus, Grafana and the containers read', () => {
  const compose = parse(read('docker-compose.yml'), { merge: true }) as {
    services: Record<string, { profiles?: string[]; volumes?: string[]; ports?: string[] }>;
  };

  it('is YAML, and names files that are there', () => {
    const mounted = [compose.services.prometheus!, compose.services.grafana!].flatMap(({ volumes = [] }) =>
      volumes.filter((volume) => volume.startsWith('./')),
    );
    expect(mounted.length).toBeGreaterThan(3);
    for (const volume of mounted) expect(() => readdirOrFile(volume.split(':')[0]!)).not.toThrow();
    for (const path of [
      'config/prometheus/prometheus.yml',
      'config/grafana/provisioning/datasources/prometheus.yml',
      'config/grafana/provisioning/dashboards/esp-medsam.yml',
    ]) {
      expect(parse(read(path))).toBeTypeOf('object');
    }
  });

  it('starts only when asked for, and is offered to this machine only', () => {
    for (const name of ['prometheus', 'grafana']) {
      expect(compose.services[name]!.profiles).toEqual(['monitoring']);
      for (const port of compose.services[name]!.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });
});

function readdirOrFile(path: string): void {
  try {
    readFileSync(join(ROOT, path));
  } catch {
    readdirSync(join(ROOT, path));
  }
}

describe('the metrics', () => {
  it('are all described in docs/observability.md', () => {
    const page = read('docs/observability.md');
    for (const { name } of exported.filter(({ name }) => name.startsWith('esp_'))) {
      expect(page, name).toContain(`\`${name}`);
    }
  });

  it('have names and units as Prometheus wants them', () => {
    for (const { name, type, help } of exported.filter(({ name }) => name.startsWith('esp_'))) {
      expect(help.length).toBeGreaterThan(10);
      if (type === 'counter') expect(name).toMatch(/_total$/);
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
    }
  });

  it('can be read although something that they ask for is away', async () => {
    const failing = createMetrics(false);
    failing.beforeScrape(() => Promise.reject(new Error('Redis is away')));
    failing.beforeScrape(async () => failing.workersAlive.set(2));
    expect(await failing.text()).toContain('esp_workers_alive 2');
  });
});
