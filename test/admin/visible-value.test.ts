import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { visibleValue } from '../../src/admin/settings/visible-value.js';

const defaults = parse(
  readFileSync(fileURLToPath(new URL('../../config/default.yaml', import.meta.url)), 'utf8'),
) as Record<string, Record<string, unknown>>;

describe('what an administrator sees of a setting', () => {
  it('is never a secret: of those only whether they are set', () => {
    const secrets = [
      'token',
      'operatorToken',
      'viewerToken',
      'password',
      'clientSecret',
      'secretKey',
      'pseudonymKey',
    ];
    for (const key of secrets) {
      expect(visibleValue(key, 'the value')).toBe('set');
      expect(visibleValue(key, '')).toBe('not set');
    }
  });

  it.each([
    ['redis://:p%40ss@redis:6379', 'redis://***@redis:6379'],
    ['rediss://user:a@b@host', 'rediss://***@host'],
    ['http://127.0.0.1:8042/dicom-web', 'http://127.0.0.1:8042/dicom-web'],
    ['https://host/path@2x', 'https://host/path@2x'],
  ])('%s is shown as %s', (url, shown) => {
    expect(visibleValue('url', url)).toBe(shown);
  });

  it('is the value itself otherwise', () => {
    expect(visibleValue('port', 8080)).toBe(8080);
    expect(visibleValue('changes', true)).toBe(true);
  });

  it('is of further headers to the archive their names only', () => {
    expect(visibleValue('headers', { 'X-Api-Key': 'the value', 'X-Tenant': '7' })).toBe(
      'X-Api-Key, X-Tenant',
    );
  });

  it('every setting that is named like a secret is one', () => {
    const tokens = Object.entries(defaults).flatMap(([section, values]) =>
      Object.keys(values ?? {})
        .filter((key) => /token|password|secret|credential/i.test(key))
        .map((key) => [`${section}.${key}`, visibleValue(key, 'x')] as const),
    );
    expect(tokens.length).toBeGreaterThanOrEqual(5);
    for (const [name, shown] of tokens) expect([name, shown]).toEqual([name, 'set']);
  });
});
