import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode, type Uid, type UnitResult } from '../../src/core/index.js';
import type { OrthancClient } from '../../src/archive/index.js';
import { tagStudy } from '../../src/pipeline/tag-study.js';

// Labels came with Orthanc 1.12; the Orthanc of Debian 12 that the other tests run has none. The metadata form is
// tested there, against the real server; here an Orthanc that keeps labels is played by a set.
function orthancWithLabels(labels: string[]): { client: OrthancClient; labels: Set<string> } {
  const kept = new Set(labels);
  const unexpected = () => Promise.reject(new Error('not expected here'));
  const client: OrthancClient = {
    system: async () => ({ version: '1.12.11', labels: true }),
    studyIds: async () => ['orthanc-id'],
    addLabel: async (_id, label) => void kept.add(label),
    removeLabel: async (_id, label) => void kept.delete(label),
    labels: async () => [...kept],
    setMetadata: unexpected,
    metadata: unexpected,
    changes: unexpected,
    lastChange: unexpected,
    studyState: async () => undefined,
    studyFiles: unexpected,
    isCurrent: unexpected,
    deleteInstance: async () => false,
    deleteFile: unexpected,
    studyUidOf: unexpected,
    studiesWithLabels: unexpected,
  };
  return { client, labels: kept };
}

const unit = (channel: UnitResult['channel']): UnitResult => ({
  outcome: 'segmented',
  channel,
  reasons: [],
  sourceSeriesUid: '1',
  sourceInstanceUids: ['1.1'],
});
const study = '1.2.3' as Uid;
const auto = { tag: 'auto', metadataKey: 4430 } as const;

describe('tagging a study with labels', () => {
  it('puts every detected channel and the outcome on it', async () => {
    const { client, labels } = orthancWithLabels([]);
    const { tag } = await tagStudy(client, auto, study, 'segmented', [
      unit('xray'),
      unit('dermoscopy'),
      unit('xray'),
    ]);
    expect([...labels].sort()).toEqual(['esp-dermoscopy', 'esp-segmented', 'esp-xray']);
    expect(tag).toBe('esp-dermoscopy esp-xray esp-segmented');
  });

  it("takes an earlier run's labels off and leaves other people's alone", async () => {
    const { client, labels } = orthancWithLabels(['research', 'esp-ultrasound', 'esp-failed']);
    await tagStudy(client, auto, study, 'empty', [unit('xray')]);
    expect([...labels].sort()).toEqual(['esp-empty', 'esp-xray', 'research']);
  });

  it('says when a person should look at a result, and takes it back when none need', async () => {
    const { client, labels } = orthancWithLabels([]);
    const quality = { predicted: 0.4, lower: 0.1, review: true };
    const units = [unit('xray'), { ...unit('ultrasound'), quality }];
    const { tag } = await tagStudy(client, auto, study, 'segmented', units);
    expect(tag).toBe('esp-ultrasound esp-xray esp-segmented esp-needs-review');
    expect(labels).toContain('esp-needs-review');
    await tagStudy(client, auto, study, 'segmented', [unit('xray')]);
    expect([...labels].sort()).toEqual(['esp-segmented', 'esp-xray']);
  });

  it('waits once for what does not depend on each other', async () => {
    const { client, labels } = orthancWithLabels(['esp-failed']);
    let asked = () => undefined as void;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const waits: OrthancClient = {
      ...client,
      // An archive that answers one question only after it has heard the other.
      studyIds: async () => isAsked.then(() => ['orthanc-id']),
      system: async () => (asked(), client.system()),
    };
    await tagStudy(waits, auto, study, 'empty', []);
    expect([...labels]).toEqual(['esp-empty']);
  });

  it('is left out when it is switched off or the archive is no Orthanc', async () => {
    const { client, labels } = orthancWithLabels([]);
    const none = { tag: undefined };
    expect(await tagStudy(client, { ...auto, tag: 'off' }, study, 'empty', [])).toEqual(none);
    expect(await tagStudy(undefined, auto, study, 'empty', [])).toEqual(none);
    expect(labels.size).toBe(0);
  });
});

describe('an archive that does not take a tag', () => {
  const refuses = (code: ErrorCode) => async () => Promise.reject(new AppError(code, 'no'));

  it('tells the earlier one, which the study keeps', async () => {
    const { client } = orthancWithLabels(['esp-xray', 'research']);
    const full = { ...client, addLabel: refuses('ARCHIVE_REFUSED') };
    for (const lastAttempt of [false, true]) {
      const tagging = await tagStudy(full, auto, study, 'empty', [], lastAttempt);
      expect(tagging).toMatchObject({ tag: 'esp-xray', refused: { code: 'ARCHIVE_REFUSED' } });
    }
  });

  it.each<[string, Partial<OrthancClient>, ErrorCode]>([
    ['that does not answer', { addLabel: refuses('ARCHIVE_UNREACHABLE') }, 'ARCHIVE_UNREACHABLE'],
    [
      'that does not tell the earlier one either',
      { addLabel: refuses('ARCHIVE_REFUSED'), labels: refuses('ARCHIVE_REFUSED') },
      'ARCHIVE_REFUSED',
    ],
  ])('%s is away: it is waited for, but not at the last attempt', async (_, change, code) => {
    const { client } = orthancWithLabels(['esp-xray']);
    const away = { ...client, ...change };
    await expect(tagStudy(away, auto, study, 'empty', [])).rejects.toMatchObject({ code });
    const tagging = await tagStudy(away, auto, study, 'empty', [], true);
    expect(tagging).toMatchObject({ tag: undefined, refused: { code } });
  });
});
