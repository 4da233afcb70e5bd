import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import {
  describeSettings,
  environmentName,
  isOpen,
  isSurfaceOpen,
  loadSettings,
  settingWarnings,
  sourceWarnings,
  surfaceAccess,
} from '../../src/config/index.js';
import { loadModalities } from '../../src/routing/index.js';
import { CHANNELS } from '../support/channels.js';

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
    expect(settings.gateway).toEqual({
      host: '127.0.0.1',
      port: 8080,
      certFile: '',
      keyFile: '',
      caFile: '',
      checkCertFile: '',
      checkKeyFile: '',
      hstsSeconds: 0,
    });
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

  it.each([
    ['one of a pair', { ESP_QUEUE_OFFPEAK_FROM: '20:00' }, ['queue.offpeakFrom', 'queue.offpeakTo']],
    [
      'a wrong time',
      { ESP_QUEUE_OFFPEAK_FROM: '25:99', ESP_QUEUE_OFFPEAK_TO: '06:00' },
      ['queue.offpeakFrom'],
    ],
    [
      'two wrong ones',
      { ESP_ENGINE_PROVIDER: 'tpu', ESP_GATEWAY_PORT: 'x' },
      ['gateway.port', 'engine.provider'],
    ],
    [
      '8-bit products on a GPU',
      { ESP_ENGINE_PROVIDER: 'cuda', ESP_ENGINE_PRECISION: 'int8' },
      ['engine.precision', 'engine.provider'],
    ],
    [
      'metrics without a token',
      { ESP_METRICS_WORKER_HOST: '0.0.0.0', ESP_METRICS_WORKER_PORT: '9100' },
      ['metrics.workerHost', 'metrics.token'],
    ],
    ['listening without tokens', { ESP_GATEWAY_HOST: '0.0.0.0', ESP_HOOK_TOKEN: 'h' }, ['admin.token']],
    [
      'one token for two roles',
      { ESP_ADMIN_TOKEN: 'same', ESP_ADMIN_VIEWER_TOKEN: 'same' },
      ['admin.viewerToken'],
    ],
  ])('%s: the error carries the names of the settings as data', (_what, environment, settings) => {
    expect(() => loadSettings(ROOT, environment)).toThrowError(expect.objectContaining({ settings }));
  });

  it('an unknown key is named as a setting, too', () => {
    const path = file('site-unknown.yaml', 'gateway: { prot: 1 }');
    expect(() => loadSettings(ROOT, { ESP_CONFIG: path })).toThrowError(
      expect.objectContaining({ settings: ['gateway.prot'] }),
    );
  });

  it('a file that is not there is said to be missing', () => {
    expect(() => loadSettings(ROOT, { ESP_CONFIG: join(dir, 'nowhere.yaml') })).toThrowError(
      /nowhere\.yaml: there is no such file/,
    );
  });

  describe('a setting that was renamed', () => {
    const environment = { ESP_INTAKE_SWEEP_INTERVAL_SECONDS: '7' };
    it('is still read under its old name, with a warning that names the new one', () => {
      expect(loadSettings(ROOT, environment).intake.reconcileIntervalSeconds).toBe(7);
      expect(sourceWarnings(ROOT, environment)).toEqual([
        expect.stringMatching(/^ESP_INTAKE_SWEEP_\S+ is called ESP_INTAKE_RECONCILE_INTERVAL_SECONDS now/),
      ]);
      const ESP_CONFIG = file('site-old.yaml', 'intake: { sweepIntervalSeconds: 8 }\n');
      expect(loadSettings(ROOT, { ESP_CONFIG }).intake.reconcileIntervalSeconds).toBe(8);
      expect(sourceWarnings(ROOT, { ESP_CONFIG })).toEqual([
        expect.stringMatching(/^intake\.sweepIntervalSeconds is called intake\.reconcileIntervalSeconds now/),
      ]);
    });

    it('goes by its new name where both are given', () => {
      const both = { ...environment, ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '9' };
      expect(loadSettings(ROOT, both).intake.reconcileIntervalSeconds).toBe(9);
    });
  });

  it('warns of variables that set nothing, with the nearest name', () => {
    expect(sourceWarnings(ROOT, { ESP_GATEWAY_PROT: '9000', ESP_WHATEVER_ELSE: '1', HOME: '/' })).toEqual([
      'ESP_GATEWAY_PROT sets nothing: there is no such setting. Did you mean ESP_GATEWAY_PORT?',
      'ESP_WHATEVER_ELSE sets nothing: there is no such setting.',
    ]);
    expect(sourceWarnings(ROOT, { ESP_GATEWAY_PORT: '9000', ESP_CONFIG: '' })).toEqual([]);
  });

  it('listening beyond loopback needs both tokens', () => {
    const open = { ESP_GATEWAY_HOST: '0.0.0.0', ESP_ADMIN_TOKEN: 'a'.repeat(16) };
    expect(() => loadSettings(ROOT, open)).toThrowError(/hook\.token/);
    expect(loadSettings(ROOT, { ...open, ESP_HOOK_TOKEN: 'b'.repeat(16) }).gateway.host).toBe('0.0.0.0');
    expect(loadSettings(ROOT, { ...open, ESP_ACCESS_OPEN: 'hook' }).gateway.host).toBe('0.0.0.0');
  });

  it('no role may have the token of another', () => {
    const same = { ESP_ADMIN_TOKEN: 'the-same-token-twice', ESP_ADMIN_VIEWER_TOKEN: 'the-same-token-twice' };
    expect(() => loadSettings(ROOT, same)).toThrowError(/admin\.viewerToken must differ/);
  });

  it('tokens that can be guessed are refused beyond loopback', () => {
    const beyond = { ESP_GATEWAY_HOST: '0.0.0.0', ESP_ADMIN_TOKEN: 'short', ESP_HOOK_TOKEN: 'x'.repeat(16) };
    expect(() => loadSettings(ROOT, beyond)).toThrowError(/admin\.token must have at least 16/);
    expect(loadSettings(ROOT, { ESP_ADMIN_TOKEN: 'short' }).admin.token).toBe('short');
  });

  it('a token of machines is no role’s, and needs that people sign in', () => {
    const token = 'x'.repeat(16);
    expect(() => loadSettings(ROOT, { ESP_DICOMWEB_TOKEN: token })).toThrowError(/admin\.token must be set/);
    const same = { ESP_DICOMWEB_TOKEN: token, ESP_ADMIN_TOKEN: token };
    expect(() => loadSettings(ROOT, same)).toThrowError(/dicomweb\.token must differ/);
  });

  it.each([
    [{ ESP_ACCESS_OPEN: 'admin' }, /access\.open/],
    [{ ESP_ACCESS_TRUSTED_PROXIES: '10.0.0.0/33' }, /access\.trustedProxies/],
    [{ ESP_ACCESS_TRUSTED_PROXIES: 'proxy.example' }, /access\.trustedProxies/],
  ])('%o is refused', (environment, expected) => {
    expect(() => loadSettings(ROOT, environment)).toThrowError(expected);
  });

  it('warns of surfaces that are open to a network, and of a hook that could administrate', () => {
    const warnings = (environment: Record<string, string>) =>
      settingWarnings(loadSettings(ROOT, environment));
    const beyond = {
      ESP_GATEWAY_HOST: '0.0.0.0',
      ESP_ADMIN_TOKEN: 'a'.repeat(16),
      ESP_HOOK_TOKEN: 'x'.repeat(16),
      ESP_ACCESS_OPEN: 'dicomweb',
    };
    expect(warnings(beyond)).toEqual([expect.stringMatching(/^access\.open lets everybody .* dicomweb/)]);
    expect(warnings({ ESP_ACCESS_OPEN: 'dicomweb' })).toEqual([]);
    const shared = { ESP_ADMIN_OPERATOR_TOKEN: 'x'.repeat(16), ESP_HOOK_TOKEN: 'x'.repeat(16) };
    expect(warnings(shared)).toEqual([
      expect.stringMatching(/^hook\.token is the same as admin\.operatorToken/),
    ]);
  });

  it.each([
    [{ ESP_QUEUE_OFFPEAK_FROM: '20:00' }, /set both or none/],
    [{ ESP_QUEUE_OFFPEAK_FROM: '20:00', ESP_QUEUE_OFFPEAK_TO: '20:00' }, /must differ/],
    [{ ESP_QUEUE_OFFPEAK_FROM: '24:00', ESP_QUEUE_OFFPEAK_TO: '06:00' }, /a time as/],
  ])('%o are no off-peak hours', (environment, expected) => {
    expect(() => loadSettings(ROOT, environment)).toThrowError(expected);
  });
});

describe('where settings come from', () => {
  it('is told for every setting, the last source winning, with the comment of the default', () => {
    const path = file('origin.yaml', 'gateway: { port: 9000 }\nintake: { quietSeconds: 30 }\n');
    const environment = { ESP_CONFIG: path, ESP_GATEWAY_PORT: '9100' };
    const notes = describeSettings(ROOT, environment);
    expect(notes.gateway!.port).toMatchObject({ origin: 'environment', environment: 'ESP_GATEWAY_PORT' });
    expect(notes.intake!.quietSeconds!.origin).toBe('file');
    expect(notes.worker!.attempts!.origin).toBe('default');
    expect(notes.worker!.backoffSeconds!.description).toBe('doubles with every try');
    const settings = loadSettings(ROOT, environment) as unknown as Record<string, object>;
    for (const [section, values] of Object.entries(settings)) {
      expect(Object.keys(notes[section] ?? {}).sort()).toEqual(Object.keys(values).sort());
    }
  });
});

describe('config/modalities.yaml', () => {
  const path = join(ROOT, 'config/modalities.yaml');

  it('is valid and describes all six channels', () => {
    expect(Object.keys(loadModalities(path).channels)).toEqual([...CHANNELS, 'thyroid']);
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

describe('roles and restrictions', () => {
  const withFile = (text: string) => loadSettings(ROOT, { ESP_CONFIG: file('roles.yaml', text) });

  it('a site adds roles of its own, as text or as a list', () => {
    const { roles } = withFile('roles:\n  student: dicomweb:read, viewer\n  robot: [hook, metrics]\n');
    expect(roles.student).toEqual(['dicomweb:read', 'viewer']);
    expect(roles.robot).toEqual(['hook', 'metrics']);
    expect(roles.viewer).toEqual(['dicomweb:read', 'viewer', 'admin:read']);
  });

  it.each([
    ['roles:\n  student: dicomweb:delete\n', 'roles.student'],
    ['roles:\n  Student: viewer\n', 'roles'],
    ['restrictions:\n  nobody-has-this: study:1.2\n', 'no such role'],
    ['restrictions:\n  viewer: study:1.2\n', 'admin:read'],
    ['roles:\n  s: dicomweb:read\nrestrictions:\n  s: teaching\n', 'label:'],
    ['roles:\n  s: dicomweb:read\nrestrictions:\n  s: ""\n', 'at least one'],
    ['roles:\n  s: dicomweb:read\nrestrictions:\n  s: label:teaching\n', 'archive.orthancUrl'],
    ['oidc:\n  issuer: http://login.example\n  clientId: x\n', 'https'],
    ['oidc:\n  issuer: https://login.example\n', 'clientId'],
    ['oidc:\n  issuer: https://login.example\n  clientId: x\n  roleNames: a=boss\n', 'boss'],
    ['oidc:\n  issuer: https://login.example\n  clientId: x\n  roleNames: a\n', 'name=role'],
    ['oidc:\n  issuer: https://login.example\n  clientId: x\n  scope: profile\n', 'openid'],
  ])('%s stops the start', (text, word) => {
    expect(() => withFile(text)).toThrow(word);
  });

  it('beyond loopback an issuer stands for the admin token, API keys for all', () => {
    const outside = { ESP_GATEWAY_HOST: '0.0.0.0' };
    const issuer = { ESP_OIDC_ISSUER: 'https://login.example', ESP_OIDC_CLIENT_ID: 'x' };
    expect(() => loadSettings(ROOT, { ...outside, ...issuer })).toThrow('hook.token');
    const hook = { ESP_HOOK_TOKEN: 'a-hook-token-of-24-chars' };
    expect(isOpen(loadSettings(ROOT, { ...outside, ...issuer, ...hook }))).toBe(false);
    const keys = loadSettings(ROOT, { ...outside, ESP_ACCESS_SIGN_IN: 'always' });
    expect(isOpen(keys)).toBe(false);
    expect(isSurfaceOpen(keys, 'hook')).toBe(false);
  });

  it('on loopback an issuer makes people sign in', () => {
    expect(isOpen(loadSettings(ROOT, {}))).toBe(true);
    expect(
      isOpen(loadSettings(ROOT, { ESP_OIDC_ISSUER: 'http://127.0.0.1:1', ESP_OIDC_AUDIENCE: 'x' })),
    ).toBe(false);
    expect(isOpen(loadSettings(ROOT, { ESP_ACCESS_SIGN_IN: 'always' }))).toBe(false);
  });

  it('tell which surface is open to whom', () => {
    const who = (environment: NodeJS.ProcessEnv) =>
      Object.fromEntries(surfaceAccess(loadSettings(ROOT, environment)).map((one) => [one.surface, one.who]));
    expect(who({})['/admin/v1 (all)']).toBe('everybody on this machine');
    const guarded = who({
      ESP_GATEWAY_HOST: '0.0.0.0',
      ESP_ADMIN_TOKEN: 'an-admin-token-of-24-chars',
      ESP_HOOK_TOKEN: 'a-hook-token-of-24-chars',
      ESP_ACCESS_OPEN: 'viewer',
    });
    expect(guarded).toMatchObject({
      '/dicom-web (store)': 'roles operator, admin, modality',
      '/admin/v1 (operate)': 'roles operator, admin',
      '/viewer': 'everybody in the network',
      '/hooks': 'roles admin, hook',
      '/metrics': 'this machine; roles admin, metrics',
    });
  });
});
