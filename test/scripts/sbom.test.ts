import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT_ROOT } from '../support/stack.js';

interface Lock {
  readonly packages: Record<
    string,
    { version?: string; dev?: boolean; devOptional?: boolean; optional?: boolean }
  >;
}

it(
  'the SBOM names every package of the lock file that is installed, each with a licence (13.10)',
  { timeout: 120_000 },
  () => {
    const dir = mkdtempSync(join(tmpdir(), 'esp-sbom-'));
    try {
      execFileSync(process.execPath, ['scripts/sbom.mjs', dir], { cwd: PROJECT_ROOT, stdio: 'pipe' });
      const sbom = JSON.parse(readFileSync(join(dir, 'sbom.cdx.json'), 'utf8')) as {
        bomFormat: string;
        components: { name: string; version: string; purl: string; licenses?: unknown[] }[];
      };
      expect(sbom.bomFormat).toBe('CycloneDX');
      const lock = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package-lock.json'), 'utf8')) as Lock;
      const installed = Object.entries(lock.packages)
        .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
        .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`);
      const named = new Set(sbom.components.map(({ name, version }) => `${name}@${version}`));
      expect(installed.length).toBeGreaterThan(50);
      expect(installed.filter((name) => !named.has(name))).toEqual([]);
      expect(
        sbom.components.every(({ licenses, purl }) => licenses?.length && purl.startsWith('pkg:npm/')),
      ).toBe(true);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
);
