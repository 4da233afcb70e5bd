import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { environmentName, loadModalities, loadSettings } from '../../src/config/index.js';
import { CHANNELS } from '../../src/core/index.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'esp-config-'));
const file = (name: string, text: string) => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};

describe('settings', () => {
  it('the defaults are valid, with absolute paths', () => {
    const settings = loadSettings(ROOT, {});
    expect(settings.gateway).toEqual({ host: '127.0.0.1', port: 8080 });
    expect(settings.model.manifest).toBe(join(ROOT, 'models/manifest.json'));
  });

  it('a file changes what it names, the environment wins over it', () => {
    const path = file('site.yaml', 'gateway: { port: 9000 }\nintake: { quietSeconds: 30 }\n');
    const settings = loadSettings(ROOT, {
      ESP_CONFIG: path,
      ESP_GATEWAY_PORT: '9100',
      ESP_INTAKE_CHANGES: 'false',
    });
    expect(settings.gateway.port).toBe(9100);
    expect(settings.intake).toMatchObject({ quietSeconds: 30, changes: false });
  });

  it('names follow the keys', () => {
    expect(environmentName('archive', 'dicomwebUrl')).toBe('ESP_ARCHIVE_DICOMWEB_URL');
  });

  it.each([
    ['an unknown key', 'gateway: { prot: 1 }', /prot/],
    ['a wrong value', 'engine: { provider: tpu }', /engine\.provider/],
    ['a URL that is none', 'archive: { dicomwebUrl: localhost }', /archive\.dicomwebUrl/],
    ['no YAML', 'gateway: [', /site/],
  ])('%s stops the start and is named', (_what, text, expected) => {
    const path = file('site-wrong.yaml', text);
    expect(() => loadSettings(ROOT, { ESP_CONFIG: path })).toThrowError(expected);
    expect(() => loadSettings(ROOT, { ESP_CONFIG: path })).toThrowError(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
  });

  it('listening beyond loopback needs both tokens', () => {
    const open = { ESP_GATEWAY_HOST: '0.0.0.0', ESP_ADMIN_TOKEN: 'a' };
    expect(() => loadSettings(ROOT, open)).toThrowError(/hook\.token/);
    expect(loadSettings(ROOT, { ...open, ESP_HOOK_TOKEN: 'b' }).gateway.host).toBe('0.0.0.0');
  });
});

describe('config/modalities.yaml', () => {
  const path = join(ROOT, 'config/modalities.yaml');

  it('is valid and describes all six channels', () => {
    expect(Object.keys(loadModalities(path).channels)).toEqual([...CHANNELS]);
  });

  it.each([
    ['a channel that does not exist', (tree: Tree) => (tree.routing.rules[0]!.channel = 'ct'), /rules/],
    [
      'a pattern that is no regular expression',
      (tree: Tree) => (tree.routing.rules[0]!.when = { description: ['('] }),
      /regular/,
    ],
    ['a rule without a condition', (tree: Tree) => (tree.routing.rules[0]!.when = {}), /at least one key/],
    ['a missing code', (tree: Tree) => delete tree.channels.xray.type, /xray/],
  ])('with %s stops the start', (_what, break_, expected) => {
    const tree = parse(readFileSync(path, 'utf8')) as Tree;
    break_(tree);
    expect(() => loadModalities(file('modalities.yaml', JSON.stringify(tree)))).toThrowError(expected);
  });
});

interface Tree {
  channels: { xray: { type?: unknown } };
  routing: { rules: { channel: string; when: unknown }[] };
}
