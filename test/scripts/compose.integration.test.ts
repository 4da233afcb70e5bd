import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { fetch } from 'undici';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { environmentName, loadSettings } from '../../src/config/index.js';
import { freePort } from '../../src/demo/free-port.js';
import { orthancInstallation } from '../../src/demo/orthanc-installation.js';
import { PROJECT_ROOT } from '../support/stack.js';

/** What is hard to write into a URL, JSON, YAML, a shell and a Redis configuration. */
const PASSWORD = 'p@ss/w:rd#%"\'\\ $HOME ${x} {"a":1}é';
const WAIT = { timeout: 60_000, interval: 100 };
const dir = mkdtempSync(join(tmpdir(), 'esp-compose-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string | null>;
  mem_limit?: string;
  pids_limit?: number;
  cap_drop?: string[];
  read_only?: boolean;
  security_opt?: string[];
  secrets?: string[];
}
const COMPOSE = parse(readFileSync(join(PROJECT_ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  secrets: Record<string, { environment: string }>;
};
const DEFAULTS = parse(readFileSync(join(PROJECT_ROOT, 'config/default.yaml'), 'utf8')) as Record<
  string,
  Record<string, unknown>
>;
const SETTINGS = Object.entries(DEFAULTS).flatMap(([section, values]) =>
  Object.keys(values ?? {}).map((key) => ({ section, key, variable: environmentName(section, key) })),
);

/** A value as compose interpolates it: once, in texts that YAML has been read from. */
function interpolated(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\$|\$\{(\w+)(?:(:?[-?])([^}]*))?\}/g,
    (whole, name: string, sign = '', other = '') => {
      if (whole === '$$') return '$';
      const value = env[name];
      const isMissing = value === undefined || (sign.startsWith(':') && value === '');
      if (!isMissing) return value;
      if (sign.endsWith('?')) throw new Error(`${name} is missing: ${other}`);
      return sign.endsWith('-') ? other : '';
    },
  );
}

/** The environment that a container gets. */
function environmentOf(service: string, env: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(COMPOSE.services[service]!.environment ?? {}).flatMap(([name, value]) => {
    const given = value === null ? env[name] : interpolated(String(value), env);
    return given === undefined ? [] : [[name, given] as const];
  });
  return Object.fromEntries(entries);
}

const REQUIRED = {
  ORTHANC_USERNAME: 'esp',
  ORTHANC_PASSWORD: PASSWORD,
  REDIS_PASSWORD: PASSWORD,
  ESP_HOOK_TOKEN: 'hook-token-of-the-tests',
  ESP_ADMIN_TOKEN: 'admin-token-of-the-tests',
};

describe('the gateway of docker-compose.yml', () => {
  it('gets every setting that .env names', () => {
    // What compose itself decides: where the gateway listens, and passwords that other containers share.
    const own = [
      'ESP_GATEWAY_HOST',
      'ESP_GATEWAY_PORT',
      'ESP_ARCHIVE_USERNAME',
      'ESP_ARCHIVE_PASSWORD',
      'ESP_REDIS_PASSWORD',
    ];
    const env = {
      ...REQUIRED,
      ...Object.fromEntries(SETTINGS.map(({ variable }) => [variable, `set ${variable}`])),
    };
    const workers = new Set(['worker', 'engine', 'model', 'seg', 'wsi', 'budget']);
    const got = environmentOf('gateway', env);
    expect(SETTINGS.length).toBeGreaterThan(100);
    const missing = SETTINGS.filter(
      ({ variable }) => !own.includes(variable) && got[variable] !== `set ${variable}`,
    );
    expect(missing.filter(({ section }) => !workers.has(section)).map(({ variable }) => variable)).toEqual(
      [],
    );
    expect(missing).toEqual([]);
  });

  it('gets no setting that .env does not name, so that the defaults hold', () => {
    const settings = loadSettings(PROJECT_ROOT, environmentOf('gateway', REQUIRED));
    const plain = loadSettings(PROJECT_ROOT, {
      ESP_HOOK_TOKEN: REQUIRED.ESP_HOOK_TOKEN,
      ESP_ADMIN_TOKEN: REQUIRED.ESP_ADMIN_TOKEN,
    });
    for (const section of ['dicomweb', 'oidc', 'access', 'intake', 'audit', 'webhooks', 'events'] as const) {
      expect(settings[section]).toEqual(plain[section]);
    }
  });

  it('gets passwords and tokens as they are, whatever characters they have', () => {
    const settings = loadSettings(
      PROJECT_ROOT,
      environmentOf('gateway', { ...REQUIRED, ESP_ADMIN_TOKEN: PASSWORD, ESP_OIDC_CLIENT_SECRET: PASSWORD }),
    );
    expect(settings.archive.password).toBe(PASSWORD);
    expect(settings.redis.password).toBe(PASSWORD);
    expect(settings.admin.token).toBe(PASSWORD);
    expect(settings.oidc.clientSecret).toBe(PASSWORD);
  });
});

describe('a worker of docker-compose.yml', () => {
  it.each(['worker', 'worker-gpu'])(
    '%s gets every setting that it uses, and no token of the gateway',
    (name) => {
      const used = [
        'redis',
        'archive',
        'audit',
        'queue',
        'worker',
        'engine',
        'model',
        'seg',
        'wsi',
        'budget',
        'log',
        'metrics',
        'tracing',
        'events',
      ];
      const env = {
        ...REQUIRED,
        ...Object.fromEntries(SETTINGS.map(({ variable }) => [variable, `set ${variable}`])),
      };
      const got = environmentOf(name, env);
      const missing = SETTINGS.filter(
        ({ section, variable }) => used.includes(section) && got[variable] === undefined,
      );
      expect(missing.map(({ variable }) => variable)).toEqual([]);
      expect(
        Object.keys(got).filter((variable) => /ADMIN|HOOK|OIDC_CLIENT_SECRET|WEBHOOKS/.test(variable)),
      ).toEqual(['ESP_ARCHIVE_OIDC_CLIENT_SECRET']);
    },
  );
});

describe('every container', () => {
  it.each(Object.entries(COMPOSE.services))(
    '%s has limits, no capabilities, and no secret on its command line',
    (_, service) => {
      expect(service.mem_limit).toBeTruthy();
      expect(service.pids_limit).toBeGreaterThan(0);
      expect(service.cap_drop).toEqual(['ALL']);
      expect(service.security_opt).toEqual(['no-new-privileges:true']);
      expect((service.command ?? []).join(' ')).not.toMatch(/PASSWORD|TOKEN|SECRET/i);
    },
  );

  it('of ours is read-only', () => {
    for (const name of ['gateway', 'worker', 'worker-gpu'])
      expect(COMPOSE.services[name]!.read_only).toBe(true);
  });

  it('that reads a secret is given one that exists', () => {
    const asked = Object.values(COMPOSE.services).flatMap(({ secrets = [] }) => secrets);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((name) => !(name in COMPOSE.secrets))).toEqual([]);
  });
});

it(
  'Redis starts with its password from a file: it is asked for, and on no command line',
  { timeout: 120_000 },
  async () => {
    const port = await freePort();
    const folder = join(dir, 'redis');
    mkdirSync(folder);
    writeFileSync(join(folder, 'password'), PASSWORD);
    writeFileSync(join(folder, 'redis.conf'), `bind 127.0.0.1\nport ${port}\ndir ${folder}\nsave ""\n`);
    const server = spawn('sh', [join(PROJECT_ROOT, 'config/redis/start.sh')], {
      env: {
        PATH: process.env.PATH,
        REDIS_PASSWORD_FILE: join(folder, 'password'),
        REDIS_CONFIG: join(folder, 'redis.conf'),
        REDIS_MAXMEMORY: '64mb',
        TMPDIR: folder,
      },
      stdio: 'ignore',
    });
    try {
      await vi.waitFor(async () => {
        const redis = new Redis({ port, password: PASSWORD, lazyConnect: true, retryStrategy: () => null });
        redis.on('error', () => undefined);
        try {
          await redis.connect();
          expect(await redis.config('GET', 'maxmemory')).toEqual(['maxmemory', String(64 * 1024 * 1024)]);
        } finally {
          redis.disconnect();
        }
      }, WAIT);
      const stranger = new Redis({
        port,
        lazyConnect: true,
        enableReadyCheck: false,
        retryStrategy: () => null,
      });
      stranger.on('error', () => undefined);
      await stranger.connect().catch(() => undefined);
      await expect(stranger.get('x')).rejects.toThrow(/NOAUTH/);
      stranger.disconnect();
      expect(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')).not.toContain('w:rd');
      expect(readFileSync(`/proc/${server.pid}/environ`, 'utf8')).not.toContain('w:rd');
    } finally {
      server.kill('SIGTERM');
    }
  },
);

it(
  'Orthanc is given its user by a file: the password signs in, another does not',
  { timeout: 120_000 },
  async () => {
    const port = await freePort();
    const folder = join(dir, 'orthanc');
    const secrets = join(folder, 'secrets');
    mkdirSync(secrets, { recursive: true });
    writeFileSync(join(secrets, 'orthanc-username'), 'esp');
    writeFileSync(join(secrets, 'orthanc-password'), PASSWORD);
    const file = join(folder, 'orthanc.json');
    writeFileSync(
      file,
      JSON.stringify({
        HttpPort: port,
        DicomServerEnabled: false,
        StorageDirectory: folder,
        IndexDirectory: folder,
        RegisteredUsers: { orthanc: 'orthanc' },
      }),
    );
    execFileSync('python3', [join(PROJECT_ROOT, 'config/orthanc/set-user.py'), file], {
      env: { PATH: process.env.PATH, ESP_SECRETS: secrets },
    });
    const { command, args, env } = orthancInstallation();
    const orthanc = spawn(command, [...args, file], { ...(env ? { env } : {}), stdio: 'ignore' });
    try {
      const status = async (user: string, password: string) =>
        (
          await fetch(`http://127.0.0.1:${port}/system`, {
            headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
          })
        ).status;
      await vi.waitFor(async () => expect(await status('esp', PASSWORD)).toBe(200), WAIT);
      expect(await status('esp', 'p@ss')).toBe(401);
      expect(await status('orthanc', 'orthanc')).toBe(401);
    } finally {
      orthanc.kill('SIGKILL');
    }
  },
);

describe('pinning images by digest', () => {
  const DIGEST = `sha256:${'ab'.repeat(32)}`;
  const folder = join(dir, 'pin');
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [join(PROJECT_ROOT, 'scripts/pin-images.mjs'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
    });

  it('names every image with its digest, which the check then finds', () => {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    mkdirSync(join(folder, 'docker'));
    // Stands in for the registries, which tests do not ask.
    writeFileSync(join(folder, 'bin/docker'), `#!/bin/sh\necho ${DIGEST}\n`, { mode: 0o755 });
    for (const file of ['docker-compose.yml', 'docker/Dockerfile', 'docker/Dockerfile.gpu'])
      cpSync(join(PROJECT_ROOT, file), join(folder, file));
    expect(() => run('--check')).toThrow(/redis:7/);
    expect(run()).toContain(`redis:7.2-bookworm@${DIGEST}`);
    const pinned = parse(readFileSync(join(folder, 'docker-compose.yml'), 'utf8'), {
      merge: true,
    }) as typeof COMPOSE;
    for (const { image } of Object.values(pinned.services)) {
      expect(image).toMatch(image.startsWith('esp-medsam') ? /:[0-9.]+$/ : /@sha256:[0-9a-f]{64}$/);
    }
    for (const file of ['docker/Dockerfile', 'docker/Dockerfile.gpu']) {
      const names = [
        ...readFileSync(join(folder, file), 'utf8').matchAll(/^FROM (\S+)|--from=(\S+:\S+)/gm),
      ].map(([, from, copy]) => from ?? copy);
      expect(names.length).toBeGreaterThan(1);
      for (const name of names) expect(name).toContain(`@${DIGEST}`);
    }
    expect(run('--check')).toBe('');
  });
});
