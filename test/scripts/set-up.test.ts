import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../support/stack.js';

/** A folder like a fresh clone: the script and the lists of packages, nothing installed. */
let clone: string;
/** Programs that stand in for the system's. */
let programs: string;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'esp-set-up-'));
  programs = join(clone, 'programs');
  for (const name of ['scripts/set-up', 'package.json', 'package-lock.json']) {
    cpSync(join(PROJECT_ROOT, name), join(clone, name));
  }
  mkdirSync(programs);
  chmodSync(clone, 0o777);
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function program(name: string, text: string): void {
  writeFileSync(join(programs, name), `#!/bin/bash\n${text}\n`);
  chmodSync(join(programs, name), 0o755);
}

/** A user who is not root, without sudo in the PATH. */
const AS_NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
const asNobody = process.getuid?.() === 0 ? AS_NOBODY : [];

function setUp(
  parts: readonly string[],
  { path = process.env.PATH ?? '', before = [] as readonly string[], env = {} } = {},
) {
  const [command, ...args] = [...before, 'bash', join(clone, 'scripts/set-up'), ...parts];
  const { status, stderr } = spawnSync(command!, args, {
    env: {
      ...process.env,
      PATH: `${programs}:${path}`,
      npm_config_cache: join(clone, 'cache'),
      npm_config_fetch_retries: '0',
      npm_config_update_notifier: 'false',
      ...env,
    },
    encoding: 'utf8',
    timeout: 300_000,
  });
  return { status, said: stderr.split('\n').filter((line) => line.startsWith('set-up: ')), stderr };
}

describe('set-up ends with one sentence that says what to do', { timeout: 120_000 }, () => {
  it('without a network: npm really finds nobody at the registry', { timeout: 330_000 }, () => {
    const { status, said, stderr } = setUp([], { env: { npm_config_registry: 'http://127.0.0.1:9/' } });
    expect(status, stderr).toBe(1);
    expect(said).toEqual([
      'set-up: the npm packages could not be installed: the package servers cannot be reached: check the network and its proxy (https_proxy), then run this again',
    ]);
  });

  it('with an old Node', () => {
    program('node', '[[ $1 == --version ]] && echo v18.19.0; [[ $1 != -e ]]');
    expect(setUp([])).toMatchObject({
      status: 1,
      said: [
        expect.stringMatching(/Node\.js 20 or newer is needed, and this is v18\.19\.0: install a newer one/),
      ],
    });
  });

  it('on a full disk', () => {
    program(
      'npm',
      'echo "npm error code ENOSPC" >&2; echo "npm error nospc no space left on device, write" >&2; exit 228',
    );
    expect(setUp([])).toMatchObject({
      status: 1,
      said: [
        'set-up: the npm packages could not be installed: the disk is full: make room and run this again',
      ],
    });
  });

  it('in a folder that may not be written', () => {
    program('npm', 'echo "npm error code EACCES" >&2; echo "npm error syscall mkdir" >&2; exit 243');
    expect(setUp([])).toMatchObject({
      status: 1,
      said: [expect.stringMatching(/this user has no permission: run it as/)],
    });
  });

  describe('when system packages are missing', () => {
    beforeEach(() => {
      program('npm', 'mkdir -p node_modules');
      program('node', 'exit 0');
      program('dpkg-query', 'exit 1');
    });

    it('and there is neither root nor sudo: what root has to install', () => {
      for (const name of ['bash', 'env', 'dirname', 'mktemp', 'rm', 'grep', 'cmp', 'cp', 'tail', 'mkdir']) {
        program(name, `exec "$(PATH=${process.env.PATH} type -P ${name})" "$@"`);
      }
      const command =
        asNobody.length > 0 ? ['/usr/bin/setpriv', ...asNobody.slice(1), '/bin/bash'] : ['/bin/bash'];
      const { status, stderr } = spawnSync(
        command[0]!,
        [...command.slice(1), join(clone, 'scripts/set-up'), 'servers'],
        {
          env: { PATH: programs, HOME: clone },
          encoding: 'utf8',
          timeout: 300_000,
        },
      );
      expect(status, stderr).toBe(1);
      expect(stderr).toMatch(
        /^set-up: installing orthanc orthanc-dicomweb redis-server needs root, and there is no sudo here: have root do it \(apt-get install -y --no-install-recommends orthanc orthanc-dicomweb redis-server\)$/m,
      );
    });

    it.each([
      [
        'apt reaches no server',
        'E: Failed to fetch http://x Temporary failure resolving',
        /package servers cannot be reached/,
      ],
      [
        'the disk is full',
        'E: You do not have enough free space in /var/cache/apt',
        /the disk is full: make room/,
      ],
      ['sudo refuses', 'sudo: a password is required', /this user has no permission/],
      [
        'the system does not know them',
        'E: Unable to locate package orthanc',
        /Debian 12, Ubuntu 22\.04 or newer/,
      ],
    ])('and %s', (_, answer, sentence) => {
      program('sudo', 'exec "$@"');
      program('apt-get', `echo '${answer}' >&2; exit 100`);
      expect(setUp(['servers'])).toMatchObject({
        status: 1,
        said: [expect.stringMatching(sentence)],
      });
    });
  });
});
