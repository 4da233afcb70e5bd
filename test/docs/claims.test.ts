import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadSettings } from '../../src/config/index.js';
import { CHECKS } from '../../src/doctor/checks/index.js';
import { ERRORS } from '../../src/core/index.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { pages } from './pages.js';

const ALL = pages();
const SETTINGS = loadSettings(PROJECT_ROOT, {}) as unknown as Record<string, Record<string, unknown>>;
const DEFAULTS = parse(readFileSync(join(PROJECT_ROOT, 'config/default.yaml'), 'utf8')) as typeof SETTINGS;
const DOCUMENT = JSON.parse(readFileSync(join(PROJECT_ROOT, 'docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};

/** What each page names, once a page. */
function named(pattern: RegExp): [path: string, name: string][] {
  return ALL.flatMap(({ path, text }) =>
    [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].map((name): [string, string] => [
      path,
      name,
    ]),
  );
}

const CHECK_IDS = new Set(CHECKS.map(({ id }) => id));

const isSetting = (section: string, name: string) =>
  name in (SETTINGS[section] ?? {}) || name in (DEFAULTS[section] ?? {});

describe('what the pages name exists', () => {
  const settings = named(/`([a-z]+\.[a-z][A-Za-z]+)`/g).filter(
    ([, name]) => name.split('.')[0]! in SETTINGS && !/\.(ts|ya?ml)$/.test(name),
  );
  it.each(settings)('%s: the setting or check %s', (_, setting) => {
    const [section, name] = setting.split('.') as [string, string];
    expect(isSetting(section, name) || CHECK_IDS.has(setting)).toBe(true);
  });

  const variables = named(/\b(ESP_[A-Z0-9_]+[A-Z0-9])\b/g);
  const known = new Set(
    Object.entries(DEFAULTS).flatMap(([section, values]) =>
      Object.keys({ ...values, ...SETTINGS[section] }).map((name) =>
        `ESP_${section}_${name.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase(),
      ),
    ),
  );
  it.each(variables)('%s: the variable %s', (_, variable) => {
    // Not a setting of the program: where its file is, and what tests take.
    if (variable === 'ESP_CONFIG' || readsItself(variable)) return;
    expect(known).toContain(variable);
  });

  const links = named(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g).filter(([, target]) => !/^[a-z]+:/.test(target));
  it.each(links)('%s: the file %s', (path, target) => {
    expect(existsSync(join(PROJECT_ROOT, dirname(path), target))).toBe(true);
  });

  const scripts = named(/\b(scripts\/[a-z-]+)\b/g);
  it.each(scripts)('%s: the script %s', (_, script) => {
    expect(['', '.mjs', '.ts'].some((ending) => existsSync(join(PROJECT_ROOT, script + ending)))).toBe(true);
  });

  const endpoints = ALL.flatMap(({ path, text }) =>
    [...text.matchAll(/(GET|POST|PUT|DELETE) (\/admin\/v1\/[A-Za-z0-9{}/_.-]*[A-Za-z0-9}])/g)].map(
      ([, method, address]) => [path, method!, address!] as const,
    ),
  );
  it.each(endpoints)('%s: %s %s', (_, method, address) => {
    const wanted = address.replace('/admin/v1', '').split('/');
    // A page may name a study where the document has a parameter.
    const match = Object.keys(DOCUMENT.paths).find((path) => {
      const parts = path.split('/');
      return (
        parts.length === wanted.length &&
        parts.every((part, at) => part === wanted[at] || part.startsWith('{'))
      );
    });
    if (['/openapi.json', '/docs'].includes(wanted.join('/'))) return;
    expect(DOCUMENT.paths[match ?? '']).toHaveProperty(method.toLowerCase());
  });

  const codes = named(/`([A-Z]+(?:_[A-Z]+)+)`/g).filter(([, code]) => !code.startsWith('ESP_'));
  it.each(codes.filter(([path]) => path === 'docs/errors.md'))('%s: the error %s', (_, code) => {
    expect(ERRORS).toHaveProperty(code);
  });

  it('are more than thirty claims', () => {
    expect(settings.length + variables.length + links.length + endpoints.length).toBeGreaterThan(30);
  });

  it('docs/README.md leads to every page', () => {
    const index = ALL.find(({ path }) => path === 'docs/README.md')!.text;
    const missing = ALL.filter(
      ({ path }) => path.startsWith('docs/') && path !== 'docs/README.md' && !index.includes(path.slice(5)),
    );
    expect(missing.map(({ path }) => path)).toEqual([]);
  });
});

/** Whether a test, a script or the compose file takes the variable. */
function readsItself(variable: string): boolean {
  const places = ['docker-compose.yml', '.env.example', 'scripts/test', 'test/console/console.e2e.test.ts'];
  return places.some((place) => {
    const path = join(PROJECT_ROOT, place);
    return existsSync(path) && readFileSync(path, 'utf8').includes(variable);
  });
}
