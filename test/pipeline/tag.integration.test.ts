import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive, type OrthancClient } from '../../src/archive/index.js';
import { loadSettings } from '../../src/config/index.js';
import type { Uid, UnitResult } from '../../src/core/index.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { tagStudy } from '../../src/pipeline/tag-study.js';
import { startProxy } from '../doctor/proxy.js';
import { diagnose, finding } from '../doctor/diagnose.js';
import { writeBrightModel } from '../support/bright-model.js';
import { finished, PROJECT_ROOT, segCount, startStack, type Stack } from '../support/stack.js';

/** Whether the Orthanc under test keeps labels; the system's of Debian 12 does not. */
const HAS_LABELS = process.env.ORTHANC === '1.12';
const KEY = 4430;

let stack: Stack;
let orthanc: OrthancClient;
let close: () => Promise<void>;

beforeAll(async () => {
  stack = await startStack();
  const archive = openArchive({ ...loadSettings(PROJECT_ROOT, {}).archive, ...stack.orthanc });
  orthanc = archive.orthanc!;
  close = () => archive.http.close();
});
afterAll(async () => {
  await close?.();
  await stack?.close();
});

async function stored(salt: string): Promise<{ study: Uid; id: string }> {
  const { bytes, studyInstanceUid } = phantomInstance({ kind: 'dermoscopy', salt, width: 64, height: 64 });
  await (await fetch(`${stack.orthanc.orthancUrl}/instances`, { method: 'POST', body: bytes })).arrayBuffer();
  return { study: studyInstanceUid, id: (await orthanc.studyIds(studyInstanceUid))[0]! };
}

const metadataOf = async (id: string) =>
  (await fetch(`${stack.orthanc.orthancUrl}/studies/${id}/metadata/${KEY}`)).text();

const unit = (channel: UnitResult['channel']): UnitResult => ({
  outcome: 'segmented',
  channel,
  reasons: [],
  sourceSeriesUid: '1',
  sourceInstanceUids: ['1.1'],
});

describe(`a tag on a real Orthanc (${HAS_LABELS ? '1.12' : "the system's"})`, () => {
  it('is what the server keeps: labels since 1.12, user-defined metadata before', async () => {
    const { study, id } = await stored('tag-auto');
    expect((await orthanc.system()).labels).toBe(HAS_LABELS);
    const { tag } = await tagStudy(orthanc, { tag: 'auto', metadataKey: KEY }, study, 'segmented', [
      unit('dermoscopy'),
      unit('xray'),
    ]);
    expect(tag).toBe(HAS_LABELS ? 'esp-dermoscopy esp-xray esp-segmented' : 'dermoscopy+xray:segmented');
    if (HAS_LABELS) {
      expect((await orthanc.labels(id)).sort()).toEqual(['esp-dermoscopy', 'esp-segmented', 'esp-xray']);
    } else {
      expect(await metadataOf(id)).toBe('dermoscopy+xray:segmented');
    }
  });

  it.runIf(HAS_LABELS)(
    "of a later run takes the place of the earlier one's; other people's labels stay",
    async () => {
      const { study, id } = await stored('tag-again');
      await orthanc.addLabel(id, 'research');
      const labels = { tag: 'labels', metadataKey: KEY } as const;
      await tagStudy(orthanc, labels, study, 'failed', [unit('ultrasound')]);
      await tagStudy(orthanc, labels, study, 'segmented', [unit('xray')]);
      expect((await orthanc.labels(id)).sort()).toEqual(['esp-segmented', 'esp-xray', 'research']);
    },
  );

  it('can be metadata on either', async () => {
    const { study, id } = await stored('tag-metadata');
    await tagStudy(orthanc, { tag: 'metadata', metadataKey: KEY }, study, 'empty', [unit('xray')]);
    expect(await metadataOf(id)).toBe('xray:empty');
  });
});

describe('a tag that the archive refuses', () => {
  it('by one that answers nothing else either is no refusal: the study is tried again', async () => {
    const away = await startProxy(stack.orthanc.orthancUrl, (_incoming, outgoing) => {
      outgoing.writeHead(500).end();
      return true;
    });
    const { archive } = loadSettings(PROJECT_ROOT, {});
    const behind = openArchive({ ...archive, ...stack.orthanc, orthancUrl: away.url });
    try {
      const { study } = await stored('tag-away');
      const tag = tagStudy(behind.orthanc, { tag: 'metadata', metadataKey: KEY }, study, 'empty', []);
      await expect(tag).rejects.toMatchObject({ code: 'ARCHIVE_REFUSED', retryable: true });
    } finally {
      await behind.http.close();
      away.close();
    }
  });

  it.each(HAS_LABELS ? (['labels', 'metadata'] as const) : (['metadata'] as const))(
    'leaves the earlier one of the study, and that is what is told: %s',
    async (form) => {
      const full = await startProxy(stack.orthanc.orthancUrl, (incoming, outgoing) => {
        if (incoming.method !== 'PUT') return false;
        outgoing.writeHead(500).end();
        return true;
      });
      const { archive } = loadSettings(PROJECT_ROOT, {});
      const behind = openArchive({ ...archive, ...stack.orthanc, orthancUrl: full.url });
      try {
        const { study } = await stored(`tag-refused-${form}`);
        const settings = { tag: form, metadataKey: KEY } as const;
        const again = (outcome: 'empty' | 'segmented') =>
          tagStudy(behind.orthanc, settings, study, outcome, [unit('xray')]);
        const first = await again('segmented');
        expect(first).toMatchObject({ tag: undefined, refused: { code: 'ARCHIVE_REFUSED' } });
        const { tag } = await tagStudy(orthanc, settings, study, 'segmented', [unit('xray')]);
        const second = await again('empty');
        expect(second.tag!.split(' ').sort()).toEqual(tag!.split(' ').sort());
        expect(second.refused).toMatchObject({ code: 'ARCHIVE_REFUSED' });
      } finally {
        await behind.http.close();
        await full.close();
      }
    },
  );

  it('is a line in the timeline: the study is segmented, and the doctor finds it before', async () => {
    const readOnly = await startProxy(stack.orthanc.orthancUrl, (incoming, outgoing) => {
      if (incoming.method !== 'PUT') return false;
      outgoing.writeHead(403).end();
      return true;
    });
    const manifest = writeBrightModel();
    try {
      const ours = await stack.start('all', {
        ESP_ARCHIVE_ORTHANC_URL: readOnly.url,
        ESP_MODEL_MANIFEST: manifest,
        ESP_WORKER_BACKOFF_SECONDS: '0.2',
      });
      const phantom = phantomInstance({ kind: 'dermoscopy', salt: 'tag-refused', width: 96, height: 64 });
      await ours.client.store(phantom.bytes);
      const view = await finished(ours.client, phantom.studyInstanceUid);
      expect(view).toMatchObject({ outcome: 'segmented', units: [{ outcome: 'segmented' }] });
      expect(view.tag).toBeUndefined();
      expect(view.events.find(({ event }) => event === 'tag-refused')).toMatchObject({
        detail: { code: 'ARCHIVE_DENIED', message: expect.stringContaining('403') },
      });
      expect(view.events.some(({ event }) => event === 'retry')).toBe(false);
      expect(await segCount(ours.client, phantom.studyInstanceUid)).toBe(1);
      const environment = {
        ESP_REDIS_URL: stack.redisUrl,
        ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.dicomwebUrl,
        ESP_MODEL_MANIFEST: manifest,
      };
      const ask = (url: string) =>
        diagnose({ ...environment, ESP_ARCHIVE_ORTHANC_URL: url }, { mayWrite: true });
      const findings = await ask(readOnly.url);
      expect(finding(findings, 'archive.tag')).toMatchObject({
        status: 'warn',
        found: expect.stringContaining('403'),
      });
      const allowed = await ask(stack.orthanc.orthancUrl);
      expect(finding(allowed, 'archive.tag')).toMatchObject({
        status: 'ok',
        found: expect.stringContaining('tagged for a test'),
      });
    } finally {
      readOnly.close();
    }
  });
});
