import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Redis } from 'ioredis';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorReport } from '../../src/doctor/index.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { startLocalProcess } from '../../src/demo/local-process.js';
import { freePort } from '../../src/demo/free-port.js';
import { diagnose, finding, wrong, type Asked } from './diagnose.js';
import { startOddOrthanc } from './odd-orthanc.js';
import { bodyLimit, startProxy } from './proxy.js';
import { writeBrightModel } from '../support/bright-model.js';
import { eventually, PROJECT_ROOT, startStack, type OurProcess, type Stack } from '../support/stack.js';

/** What the Debian Orthanc of the tests is rightly blamed for, and nothing else. */
const KNOWN = ['archive.version'];

let stack: Stack;
let ours: OurProcess;
let redis: Redis;
let right: Record<string, string>;
const stops: (() => unknown)[] = [];

beforeAll(async () => {
  stack = await startStack();
  const model = { ESP_MODEL_MANIFEST: writeBrightModel(), ESP_ENGINE_MEMORY_MEGABYTES: '1024' };
  ours = await stack.start('all', model);
  redis = new Redis(stack.redisUrl);
  right = {
    ...model,
    ESP_REDIS_URL: stack.redisUrl,
    ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.dicomwebUrl,
    ESP_ARCHIVE_ORTHANC_URL: stack.orthanc.orthancUrl,
    ESP_GATEWAY_PORT: new URL(ours.base).port,
    ESP_INTAKE_CHANGES_INTERVAL_SECONDS: '0.3',
  };
});
afterAll(async () => {
  redis?.disconnect();
  for (const stop of stops.reverse()) await stop();
  await stack?.close();
});

/** Runs the doctor on the right set-up with a few settings changed. */
const withWrong = (changes: Record<string, string>, asked?: Asked) =>
  diagnose({ ...right, ...changes }, asked);

async function oddOrthanc(settings: Record<string, unknown>): Promise<string> {
  const orthanc = await startOddOrthanc(join(stack.dir, `odd-${stops.length}`), settings);
  stops.push(() => orthanc.stop());
  return orthanc.url;
}

/** `esp-medsam doctor` as a process. */
function command(
  args: readonly string[],
  environment: Record<string, string>,
): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(PROJECT_ROOT, 'dist/cli/main.js'), 'doctor', ...args], {
      env: { PATH: process.env.PATH ?? '', ...environment },
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('close', (code) => resolve({ code, output, errors }));
  });
}

const archiveStudies = async (root: string) =>
  ((await (await fetch(`${root}/studies`)).json()) as unknown[]).length;

describe('a right set-up', () => {
  it('passes on the command line, writes nothing that stays, and is quiet about it', async () => {
    const before = await archiveStudies(stack.orthanc.orthancUrl);
    const { code, output, errors } = await command(['--json'], right);
    const report = JSON.parse(output) as DoctorReport;
    expect(wrong(report)).toEqual(KNOWN);
    expect({ code, errors, ok: report.ok }).toEqual({ code: 0, errors: '', ok: true });
    expect(finding(report, 'archive.writable').status).toBe('ok');
    expect(finding(report, 'workers.alive').found).toMatch(/^1 alive/);
    expect(await archiveStudies(stack.orthanc.orthancUrl)).toBe(before);
    // Intake saw the object come and go, and left it alone.
    expect(await redis.keys('esp:ledger:study:*')).toEqual([]);
    expect(await redis.zcard('esp:intake:quiet')).toBe(0);
  });

  it('is shown as plain text when the output is no terminal', async () => {
    const { code, output } = await command(['--no-write'], right);
    expect(code).toBe(0);
    expect(output).toContain('0 failed');
    expect(output).toMatch(/^WARN {3}archive\.version/m);
    expect(output).not.toContain('\u001b');
  });
});

describe('planted misconfigurations of Redis', () => {
  async function withConfig(name: string, value: string, check: () => Promise<void>): Promise<void> {
    const [, before] = (await redis.config('GET', name)) as [string, string];
    await redis.config('SET', name, value);
    try {
      await check();
    } finally {
      await redis.config('SET', name, before);
    }
  }

  it('eviction', () =>
    withConfig('maxmemory-policy', 'allkeys-lru', async () => {
      const report = await withWrong({});
      expect(wrong(report)).toEqual([...KNOWN, 'redis.eviction']);
      expect(finding(report, 'redis.eviction')).toMatchObject({
        status: 'fail',
        found: expect.stringContaining('allkeys-lru') as string,
        setting: 'maxmemory-policy noeviction (redis.conf)',
      });
    }));

  it('no append-only file', () =>
    withConfig('appendonly', 'no', async () => {
      const report = await withWrong({});
      expect(wrong(report)).toEqual([...KNOWN, 'redis.persistence']);
      expect(finding(report, 'redis.persistence')).toMatchObject({
        status: 'fail',
        setting: 'appendonly yes (redis.conf)',
      });
    }));

  it('records of studies that cannot be read', async () => {
    const [key, index] = ['esp:ledger:study:1.2.3', 'esp:ledger:studies'];
    await redis.hset(key, 'studyInstanceUid', '"1.2.3"', 'state', '"archived"');
    await redis.zadd(index, Date.now(), '1.2.3');
    try {
      const report = await withWrong({});
      expect(wrong(report)).toEqual([...KNOWN, 'ledger.records']);
      expect(finding(report, 'ledger.records').found).toMatch(/^1 of the \d+ studies/);
      expect(JSON.stringify(report)).not.toContain('1.2.3"');
    } finally {
      await redis.del(key);
      await redis.zrem(index, '1.2.3');
    }
  });

  it('studies with superseded results in the archive', async () => {
    const index = 'esp:ledger:index:superseded';
    await redis.zadd(index, 1, '1.2.8', 2, '1.2.9');
    try {
      const report = await withWrong({});
      expect(wrong(report)).toEqual([...KNOWN, 'archive.superseded']);
      expect(finding(report, 'archive.superseded').found).toContain('in 2 studies');
      expect(report.ok).toBe(true);
    } finally {
      await redis.zrem(index, '1.2.8', '1.2.9');
    }
  });

  it('full memory, of which the gateway complains as well', async () => {
    const gatewayIs = async (status: number) => (await fetch(`${ours.base}/readyz`)).status === status;
    await withConfig('maxmemory', '1mb', async () => {
      // What the gateway found is kept for two seconds.
      await eventually('not ready', () => gatewayIs(503));
      const report = await withWrong({});
      expect(wrong(report).sort()).toEqual([...KNOWN, 'gateway.ready', 'redis.able', 'redis.memory']);
      expect(finding(report, 'redis.memory').setting).toBe('maxmemory (redis.conf)');
    });
    await eventually('ready again', () => gatewayIs(200));
  });

  it('a password that nobody told us', async () => {
    const port = await freePort();
    const dir = join(stack.dir, 'redis-locked');
    mkdirSync(dir);
    const locked = await startLocalProcess({
      command: 'redis-server',
      args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--requirepass', 'secret-word'],
      logFile: join(dir, 'redis.log'),
      ready: async () => {
        const client = new Redis(port, {
          password: 'secret-word',
          lazyConnect: true,
          retryStrategy: () => null,
        });
        client.on('error', () => undefined);
        try {
          await client.connect();
          await client.ping();
        } finally {
          client.disconnect();
        }
      },
    });
    stops.push(() => locked.stop());
    for (const url of [`redis://127.0.0.1:${port}`, `redis://:wrong-word@127.0.0.1:${port}`]) {
      const report = await withWrong({ ESP_REDIS_URL: url });
      expect(finding(report, 'redis.reachable')).toMatchObject({
        status: 'fail',
        advice: expect.stringContaining('redis://<user>:<password>@') as string,
        setting: 'redis.url (ESP_REDIS_URL)',
      });
      expect(JSON.stringify(report)).not.toMatch(/wrong-word|secret-word/);
    }
  });

  it('nothing there: what needs it is skipped, the rest still answers', async () => {
    const report = await withWrong({ ESP_REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    expect(finding(report, 'redis.reachable').found).toContain('nothing listens at its address');
    expect(finding(report, 'redis.eviction').status).toBe('skipped');
    expect(finding(report, 'archive.dicomweb').status).toBe('ok');
  });

  it('another prefix than the workers have', async () => {
    const report = await withWrong({ ESP_REDIS_PREFIX: 'other' });
    expect(wrong(report)).toEqual([...KNOWN, 'workers.alive']);
    expect(finding(report, 'workers.alive').setting).toContain('redis.prefix (ESP_REDIS_PREFIX)');
  });
});

describe('planted misconfigurations of the archive', () => {
  it('the root of DICOMweb without /dicom-web', async () => {
    const report = await withWrong({ ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.orthancUrl });
    expect(wrong(report)).toEqual(['archive.dicomweb', ...KNOWN]);
    expect(finding(report, 'archive.dicomweb')).toMatchObject({
      status: 'fail',
      advice: expect.stringContaining(`Set it to ${stack.orthanc.dicomwebUrl}:`) as string,
      setting: 'archive.dicomwebUrl (ESP_ARCHIVE_DICOMWEB_URL)',
    });
  });

  it('Orthanc serves DICOMweb under another root', async () => {
    const url = await oddOrthanc({ DicomWeb: { Enable: true, Root: '/pacs/rs/' } });
    const report = await withWrong({
      ESP_ARCHIVE_DICOMWEB_URL: `${url}/dicom-web`,
      ESP_ARCHIVE_ORTHANC_URL: url,
    });
    expect(finding(report, 'archive.dicomweb').advice).toContain(`Set it to ${url}/pacs/rs:`);
  });

  it('Orthanc without the DICOMweb plugin', async () => {
    const url = await oddOrthanc({ Plugins: [] });
    const report = await withWrong({
      ESP_ARCHIVE_DICOMWEB_URL: `${url}/dicom-web`,
      ESP_ARCHIVE_ORTHANC_URL: url,
    });
    expect(finding(report, 'archive.dicomweb').advice).toContain('has no DICOMweb plugin');
  });

  it("DICOMweb's root where Orthanc's is wanted", async () => {
    const report = await withWrong({ ESP_ARCHIVE_ORTHANC_URL: stack.orthanc.dicomwebUrl });
    expect(finding(report, 'archive.orthanc')).toMatchObject({
      status: 'fail',
      advice: expect.stringContaining(`Set it to ${stack.orthanc.orthancUrl}:`) as string,
      setting: 'archive.orthancUrl (ESP_ARCHIVE_ORTHANC_URL)',
    });
  });

  it('an Orthanc that is not known to be one', async () => {
    const report = await withWrong({ ESP_ARCHIVE_ORTHANC_URL: '' });
    expect(wrong(report)).toEqual(['archive.orthanc']);
    expect(finding(report, 'archive.orthanc').advice).toContain(`Set it to ${stack.orthanc.orthancUrl}`);
  });

  it('a wrong password', async () => {
    const url = await oddOrthanc({ AuthenticationEnabled: true, RegisteredUsers: { esp: 'right-word' } });
    const report = await withWrong({
      ESP_ARCHIVE_DICOMWEB_URL: `${url}/dicom-web`,
      ESP_ARCHIVE_ORTHANC_URL: url,
      ESP_ARCHIVE_USERNAME: 'esp',
      ESP_ARCHIVE_PASSWORD: 'wrong-word',
    });
    expect(wrong(report)).toEqual(['archive.credentials']);
    expect(finding(report, 'archive.credentials')).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('401') as string,
      setting: 'archive.username (ESP_ARCHIVE_USERNAME) and archive.password (ESP_ARCHIVE_PASSWORD)',
    });
    expect(JSON.stringify(report)).not.toContain('wrong-word');
  });

  it('nothing there', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const report = await withWrong({
      ESP_ARCHIVE_DICOMWEB_URL: `${url}/dicom-web`,
      ESP_ARCHIVE_ORTHANC_URL: '',
    });
    expect(wrong(report)).toEqual(['archive.reachable']);
    expect(finding(report, 'archive.reachable').found).toContain('ECONNREFUSED');
  });

  it("StableAge at Orthanc's default, and metadata cut down to the main tags", async () => {
    const url = await oddOrthanc({
      StableAge: 60,
      DicomWeb: { Enable: true, Root: '/dicom-web/', SeriesMetadata: 'MainDicomTags' },
    });
    const report = await withWrong(
      { ESP_ARCHIVE_DICOMWEB_URL: `${url}/dicom-web`, ESP_ARCHIVE_ORTHANC_URL: url },
      { mayWrite: true },
    );
    expect(finding(report, 'archive.stable-age')).toMatchObject({
      status: 'warn',
      found: expect.stringContaining('more than 15 s') as string,
      setting: '"StableAge" in orthanc.json',
    });
    expect(finding(report, 'archive.writable')).toMatchObject({
      status: 'fail',
      setting: '"SeriesMetadata" in orthanc.json',
    });
    expect(await archiveStudies(url)).toBe(0);
  });

  it('a short StableAge is measured by what became stable lately, without writing', async () => {
    const url = await oddOrthanc({ StableAge: 3 });
    const settings = { ESP_ARCHIVE_DICOMWEB_URL: `${url}/dicom-web`, ESP_ARCHIVE_ORTHANC_URL: url };
    const before = await withWrong(settings);
    expect(finding(before, 'archive.stable-age').status).toBe('skipped');
    const body = phantomInstance({ kind: 'secondary-capture', width: 16, height: 16 }).bytes;
    await (await fetch(`${url}/instances`, { method: 'POST', body })).arrayBuffer();
    await eventually('a stable study', async () =>
      (await (await fetch(`${url}/changes`)).text()).includes('StableStudy'),
    );
    const after = await withWrong(settings);
    expect(finding(after, 'archive.stable-age')).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/^StableAge is about [345] s, measured by recent studies/) as string,
    });
  });

  it('superseded results to be deleted from an archive that is no Orthanc', async () => {
    const report = await withWrong({
      ESP_ARCHIVE_ORTHANC_URL: '',
      ESP_ARCHIVE_DELETE_SUPERSEDED: 'true',
    });
    expect(finding(report, 'archive.superseded')).toMatchObject({
      status: 'warn',
      setting: 'archive.deleteSuperseded (ESP_ARCHIVE_DELETE_SUPERSEDED)',
    });
  });

  it('labels demanded of an Orthanc that keeps none', async () => {
    const report = await withWrong({ ESP_ARCHIVE_TAG: 'labels' });
    expect(wrong(report)).toEqual([...KNOWN, 'archive.tag']);
    expect(finding(report, 'archive.tag')).toMatchObject({
      status: 'fail',
      setting: 'archive.tag (ESP_ARCHIVE_TAG)',
    });
  });

  it('a proxy that refuses large requests', async () => {
    const proxy = await startProxy(stack.orthanc.orthancUrl, bodyLimit(1024 * 1024));
    stops.push(proxy.close);
    const report = await withWrong({ ESP_ARCHIVE_DICOMWEB_URL: `${proxy.url}/dicom-web` });
    expect(wrong(report)).toEqual([...KNOWN, 'archive.stow-limit']);
    expect(finding(report, 'archive.stow-limit').setting).toBe('client_max_body_size of the proxy');
  });
});

describe('what newer versions of Orthanc tell of themselves', () => {
  /** The real Orthanc, with answers of version 1.12 in place of those that 1.10 does not have. */
  async function newer(
    system: object,
    plugins: string[],
    pages: Record<string, string> = {},
  ): Promise<string> {
    const proxy = await startProxy(stack.orthanc.orthancUrl, (incoming, outgoing) => {
      const answers: Record<string, string> = {
        '/system': JSON.stringify({ ApiVersion: 30, Name: 'newer', IsHttpServerSecure: true, ...system }),
        '/plugins': JSON.stringify(['dicom-web', ...plugins]),
        ...pages,
      };
      const answer = answers[incoming.url ?? ''];
      if (answer === undefined) return false;
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(answer);
      return true;
    });
    stops.push(proxy.close);
    return proxy.url;
  }
  const SAFE = { Version: '1.12.11', HasLabels: true, MaximumStorageMode: 'Reject', UserMetadata: {} };

  it('nothing is wrong with a recent one', async () => {
    const url = await newer(SAFE, ['gdcm']);
    const report = await withWrong({ ESP_ARCHIVE_ORTHANC_URL: url });
    expect(wrong(report)).toEqual([]);
    expect(finding(report, 'archive.tag').found).toBe('Studies get labels');
    expect(finding(report, 'archive.transcoding').found).toContain('GDCM');
  });

  it('open to all, recycling, and our number taken by somebody else', async () => {
    const url = await newer(
      {
        ...SAFE,
        IsHttpServerSecure: false,
        HasLabels: false,
        MaximumStorageMode: 'Recycle',
        MaximumStorageSize: 1000,
        UserMetadata: { Foreign: 4430 },
      },
      [],
    );
    const report = await withWrong({ ESP_ARCHIVE_ORTHANC_URL: url });
    expect(wrong(report)).toEqual(['archive.secure', 'archive.keeps', 'archive.metadata-key']);
    expect(finding(report, 'archive.metadata-key').setting).toBe(
      'archive.metadataKey (ESP_ARCHIVE_METADATA_KEY)',
    );
  });

  it("its own OHIF hides SEG objects with the plugin's default data source", async () => {
    const page = { '/ohif/app-config.js': "window.config.routerBasename = '/ohif/';\nif (false) {\n}" };
    const url = await newer(SAFE, ['ohif'], page);
    const report = await withWrong({ ESP_ARCHIVE_ORTHANC_URL: url });
    expect(wrong(report)).toEqual(['viewer.orthanc-ohif']);
    expect(finding(report, 'viewer.orthanc-ohif').advice).toContain('"OHIF": {"DataSource": "dicom-web"}');
  });
});

describe('planted misconfigurations of our own', () => {
  it('a model file with a changed byte', async () => {
    const folder = join(stack.dir, 'changed-model');
    cpSync(dirname(right.ESP_MODEL_MANIFEST!), folder, { recursive: true });
    const manifest = join(folder, 'manifest.json');
    const { file } = JSON.parse(readFileSync(manifest, 'utf8')) as { file: string };
    const bytes = readFileSync(join(folder, file));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(join(folder, file), bytes);
    const report = await withWrong({ ESP_MODEL_MANIFEST: manifest });
    expect(wrong(report)).toEqual([...KNOWN, 'model.files']);
    expect(finding(report, 'model.files')).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('another SHA-256') as string,
      setting: 'model.manifest (ESP_MODEL_MANIFEST)',
    });
  });

  it('routing rules that cannot be read', async () => {
    const path = join(stack.dir, 'modalities.yaml');
    writeFileSync(path, 'version: 1\nchannels: {}\n');
    const report = await withWrong({ ESP_MODEL_MODALITIES: path });
    expect(wrong(report)).toEqual([...KNOWN, 'model.modalities']);
  });

  it('a graphics card demanded that no worker uses', async () => {
    const report = await withWrong({ ESP_ENGINE_PROVIDER: 'cuda' });
    expect(wrong(report)).toEqual([...KNOWN, 'engine.provider']);
    expect(finding(report, 'engine.provider')).toMatchObject({
      found: 'The workers run on cpu, though engine.provider is cuda here',
      setting: 'engine.provider (ESP_ENGINE_PROVIDER)',
    });
  });

  it('viewer files that are not there', async () => {
    const report = await withWrong({ ESP_VIEWER_DIR: join(stack.dir, 'no-viewer') });
    expect(wrong(report)).toEqual([...KNOWN, 'viewer.files']);
    expect(finding(report, 'viewer.files')).toMatchObject({
      advice: expect.stringContaining('scripts/install-viewer') as string,
      setting: 'viewer.dir (ESP_VIEWER_DIR)',
    });
  });

  it('a gateway that does not run', async () => {
    const report = await withWrong({ ESP_GATEWAY_PORT: String(await freePort()) });
    expect(wrong(report)).toEqual([...KNOWN, 'gateway.ready']);
  });

  it('beyond loopback without a token: said by the command line, which cannot even load the settings', async () => {
    const { code, output } = await command(['--json'], { ...right, ESP_GATEWAY_HOST: '0.0.0.0' });
    const report = JSON.parse(output) as DoctorReport;
    expect(code).toBe(1);
    expect(report.ok).toBe(false);
    expect(finding(report, 'settings')).toMatchObject({
      status: 'fail',
      setting: 'admin.token, hook.token',
    });
  });

  it('a setting that takes no such value', async () => {
    const { code, output } = await command([], { ...right, ESP_ARCHIVE_TAG: 'sticker' });
    expect(code).toBe(1);
    expect(output).toMatch(/^FAIL {3}settings/m);
    expect(output).toContain('Setting: archive.tag');
  });

  it('clocks that disagree', async () => {
    const report = await withWrong({}, { machine: { now: () => Date.now() + 90_000 } });
    expect(finding(report, 'clock.redis')).toMatchObject({
      status: 'fail',
      found: expect.stringMatching(/^Redis is \d+ s behind this machine$/) as string,
      setting: 'the time service (NTP) of the machines',
    });
    expect(finding(report, 'clock.archive').found).toMatch(/^The archive is \d+ s behind this machine$/);
    // An answer that is read late makes a clock look slower by as much. HTTP tells whole seconds.
    for (const [id, exact] of [
      ['clock.redis', 0],
      ['clock.archive', 1],
    ] as const) {
      const { found, seconds } = finding(report, id);
      const told = Number(/\d+/.exec(found)![0]);
      expect(told, id).toBeGreaterThanOrEqual(90 - exact);
      expect(told, id).toBeLessThanOrEqual(Math.round(90 + exact + seconds));
    }
  });

  it('a full disk and a small machine', async () => {
    const gigabyte = 1024 ** 3;
    const machine = {
      disk: async () => ({ total: 100 * gigabyte, free: 0.1 * gigabyte }),
      memory: () => gigabyte,
    };
    const report = await withWrong({}, { machine });
    expect(wrong(report)).toEqual([...KNOWN, 'machine.memory', 'disk.temporary', 'disk.redis']);
    expect(finding(report, 'disk.redis')).toMatchObject({ status: 'fail', setting: 'dir of redis.conf' });
    expect(finding(report, 'machine.memory').setting).toContain(
      'engine.memoryMegabytes (ESP_ENGINE_MEMORY_MEGABYTES)',
    );
  });
});
