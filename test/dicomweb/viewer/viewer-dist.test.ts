import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPAIRS } from '../../../src/dicomweb/viewer/repairs.js';
import { rewriteAsset, rewriteIndex } from '../../../src/dicomweb/viewer/rewrite-base.js';

const DIST = 'vendor/ohif';

if (!existsSync(DIST)) throw new Error('the viewer is not installed: scripts/install-viewer');

describe('the installed OHIF', () => {
  const text = (name: string) => readFileSync(join(DIST, name), 'utf8');
  const scripts = readdirSync(DIST).filter((name) => name.endsWith('.js'));
  const main = scripts.find((name) => name.startsWith('app.bundle.'))!;

  it('has every mistake that is repaired, in its main script', () => {
    for (const { find } of REPAIRS) expect(text(main)).toContain(find);
  });

  it('refers to nothing outside the base path once it is moved', () => {
    expect(rewriteIndex(text('index.html'), '/viewer')).not.toMatch(/(src|href)="\/(?!viewer\/)/);
    for (const name of scripts) {
      expect(rewriteAsset(name, text(name), '/viewer')).not.toMatch(/__webpack_require__\.p = "\/"/);
    }
  });
});
