import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/index.js';
import { AppError } from '../../src/core/index.js';
import { openArchive } from '../../src/archive/index.js';
import type { Check } from '../../src/doctor/check.js';
import { olderThan } from '../../src/doctor/checks/archive-server.js';
import { ok, warn } from '../../src/doctor/finding.js';
import { runDoctor } from '../../src/doctor/index.js';
import { shownUrl } from '../../src/doctor/setting-name.js';
import { connectStore } from '../../src/store/index.js';
import { PROJECT_ROOT } from '../support/stack.js';

async function run(...checks: Check[]) {
  const settings = loadSettings(PROJECT_ROOT, {});
  const store = connectStore(settings, 'failFast');
  await store.close();
  const archive = openArchive(settings.archive);
  const report = await runDoctor({ settings, store, archive, mayWrite: false }, checks);
  await archive.http.close();
  return report;
}
const check = (id: string, task: Check['run'], deadlineMs = 1000): Check => ({
  id,
  title: id,
  deadlineMs,
  run: task,
});

describe('the runner', () => {
  it('makes a finding of a check that throws, without quoting what it threw', async () => {
    const { ok: all, checks } = await run(
      check('throws', async () => {
        throw new Error('DOE^JANE is not a file');
      }),
      check('throws-at-once', () => {
        throw new AppError('ARCHIVE_REFUSED', 'QIDO studies: the archive answered 500 to GET');
      }),
      check('works', async () => ok('fine')),
    );
    expect(all).toBe(false);
    expect(checks.map(({ status }) => status)).toEqual(['fail', 'fail', 'ok']);
    expect(checks[0]!.found).toBe('The check itself failed: Unexpected Error (INTERNAL)');
    expect(checks[1]!.found).toContain('the archive answered 500 to GET (ARCHIVE_REFUSED)');
  });

  it('does not wait for a check beyond its deadline, and runs all at the same time', async () => {
    const never = () => new Promise<never>(() => undefined);
    let begin = () => undefined as void;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const { checks } = await run(
      check('waits for the last', () => begun.then(() => ok('it has begun')), 30_000),
      check('b', never, 300),
      check('c', never, 300),
      check('last', async () => ok((begin(), 'begun')), 30_000),
    );
    expect(checks.map(({ status }) => status)).toEqual(['ok', 'fail', 'fail', 'ok']);
    for (const { seconds } of checks.slice(1, 3)) expect(seconds).toBeGreaterThanOrEqual(0.299);
    expect(checks[2]).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('no answer within 0.3 s') as string,
    });
  });

  it('is content with warnings', async () => {
    const report = await run(check('a', async () => warn('odd', 'do this', 'that')));
    expect(report.ok).toBe(true);
  });
});

describe('versions', () => {
  it.each([
    ['1.10.1', true],
    ['1.12.10', true],
    ['1.9.7', true],
    ['1.12.11', false],
    ['1.13.0', false],
    ['2.0', false],
  ])('%s is older than 1.12.11: %s', (version, older) => {
    expect(olderThan(version, '1.12.11')).toBe(older);
  });
});

describe('addresses', () => {
  it('are shown without user, password and query', () => {
    expect(shownUrl('redis://:secret@host:6379/1?family=6')).toBe('redis://host:6379/1');
    expect(shownUrl('http://user:secret@host/')).toBe('http://host');
  });
});
