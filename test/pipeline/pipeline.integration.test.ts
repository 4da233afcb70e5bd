import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemsOf, numberOf, stringOf, TAG } from '../../src/dicom/index.js';
import { dice } from '../../src/demo/dice.js';
import { segsIn } from '../../src/demo/gateway-client.js';
import { readSeg } from '../../src/demo/read-seg.js';
import { phantomInstance, phantomStudies } from '../../src/phantom/index.js';
import { dciodvfyErrors } from '../support/dciodvfy.js';
import { eventually, finished, segCount, startStack, type OurProcess, type Stack } from '../support/stack.js';

let stack: Stack;
let ours: OurProcess;

beforeAll(async () => {
  stack = await startStack();
  ours = await stack.start('all', { ESP_WORKER_BACKOFF_SECONDS: '0.2' });
});
afterAll(() => stack?.close());

const phantoms = phantomStudies({ salt: 'pipeline' });

describe('the six phantoms', () => {
  it('each get one SEG of the right channel that dciodvfy accepts', async () => {
    for (const phantom of phantoms) await ours.client.store(phantom.bytes);
    for (const phantom of phantoms) {
      const study = await finished(ours.client, phantom.studyInstanceUid);
      expect(study).toMatchObject({ outcome: 'segmented', tag: `${phantom.channel}:segmented` });
      expect(study.units.map((unit) => unit.channel)).toEqual([phantom.channel]);
      const [unit] = study.units;
      const path = {
        study: phantom.studyInstanceUid,
        series: unit!.segSeriesUid!,
        instance: unit!.segInstanceUid!,
      };
      const metadata = (await ours.client.metadata(path))!;
      expect(stringOf(metadata, TAG.SeriesDescription)).toContain(phantom.channel);
      expect(numberOf(metadata, TAG.Rows)).toBe(phantom.masks[0]!.rows);
      expect(itemsOf(metadata, '00620002')).toHaveLength(1);
      const file = await ours.client.file(path);
      expect(dciodvfyErrors(file)).toEqual([]);
      // The masks are on the frames they were computed from.
      const { masks } = readSeg(metadata, file);
      for (const key of masks.keys()) expect(key.replace(/\.f\d+$/, '')).toBe(phantom.sopInstanceUid);
    }
  });

  it('sent a second time store nothing new', async () => {
    const since = new Date().toISOString();
    for (const phantom of phantoms) await ours.client.store(phantom.bytes);
    for (const phantom of phantoms) {
      const study = await finished(ours.client, phantom.studyInstanceUid, since);
      expect(study.outcome).toBe('segmented');
      expect(await segCount(ours.client, phantom.studyInstanceUid)).toBe(1);
    }
  });

  it('reprocessed on request compute again and still store nothing new', async () => {
    const [phantom] = phantoms;
    const since = new Date().toISOString();
    await ours.client.reprocess(phantom!.studyInstanceUid);
    const study = await finished(ours.client, phantom!.studyInstanceUid, since);
    expect(study.events.findLast(({ event }) => event === 'done')).toMatchObject({ detail: { stored: 0 } });
    expect(await segCount(ours.client, phantom!.studyInstanceUid)).toBe(1);
  });

  it('count once for the weeks of their device, however often they were run', async () => {
    const { series } = (await (await fetch(`${ours.base}/admin/v1/drift`)).json()) as {
      series: { device: object; channel: string; weeks: { units: number; area: number }[] }[];
    };
    const channels = phantoms.map(({ channel }) => channel).sort();
    expect(series.map(({ channel }) => channel).sort()).toEqual([...new Set(channels)]);
    for (const { device, channel, weeks } of series) {
      expect(device).toEqual({ model: expect.any(String), station: expect.any(String) });
      expect(weeks.reduce((sum, { units }) => sum + units, 0)).toBe(
        channels.filter((name) => name === channel).length,
      );
      for (const { area } of weeks) {
        expect(area).toBeGreaterThan(0);
        expect(area).toBeLessThan(1);
      }
    }
  });

  it('leave no name, no patient id and no UID in the log', () => {
    const log = ours.output();
    expect(log).toContain('study done');
    for (const phantom of phantoms) {
      expect(log).not.toContain(phantom.studyInstanceUid);
      expect(log).not.toContain(phantom.sopInstanceUid);
    }
    expect(log).not.toMatch(/Phantom\^|PHANTOM-/i);
  });
});

describe('what is not to be segmented', () => {
  it('a CT slice ends as unsupported, with the reason', async () => {
    const slice = phantomInstance({ kind: 'ct', salt: 'pipeline' });
    await ours.client.store(slice.bytes);
    const study = await finished(ours.client, slice.studyInstanceUid);
    expect(study).toMatchObject({ outcome: 'unsupported' });
    expect(study.units[0]!.reasons.join()).toContain('CT');
    expect(await segCount(ours.client, slice.studyInstanceUid)).toBe(0);
  });

  it('a chest radiograph of a hand is refused by its body part', async () => {
    const hand = phantomInstance({
      kind: 'xray',
      salt: 'pipeline-hand',
      attributes: { BodyPartExamined: 'HAND' },
    });
    await ours.client.store(hand.bytes);
    const study = await finished(ours.client, hand.studyInstanceUid);
    expect(study.outcome).toBe('unsupported');
  });
});

describe('a damaged image', () => {
  it('fails with the reason; the other image of its study is segmented, and the process lives on', async () => {
    const good = phantomInstance({ kind: 'xray', salt: 'damaged', study: 'd', seriesNumber: 1 });
    const bad = phantomInstance({ kind: 'dermoscopy', salt: 'damaged', study: 'd', seriesNumber: 2 });
    // The header promises twice the rows that there are pixels for.
    const cut = Buffer.from(bad.bytes);
    const rows = cut.indexOf(Buffer.from([0x28, 0x00, 0x10, 0x00, 0x55, 0x53, 0x02, 0x00]));
    cut.writeUInt16LE(cut.readUInt16LE(rows + 8) * 2, rows + 8);
    await ours.client.store(good.bytes);
    await ours.client.store(cut);
    // The first run may come between the two.
    const study = await eventually('a run of both images', async () => {
      const view = await ours.client.study(good.studyInstanceUid);
      return view?.state === 'done' && view.units.length > 1 && view;
    });
    expect(study.outcome).toBe('failed');
    const outcomes = study.units.map(({ channel, outcome }) => `${channel} ${outcome}`);
    expect(outcomes).toContain('xray segmented');
    expect(study.units.find(({ outcome }) => outcome === 'failed')!.reasons.at(-1)).toMatch(
      /^(PIXELS_INVALID|ARCHIVE_REFUSED)/,
    );
  });
});

describe('a late instance', () => {
  it('opens the study again; the SEG of the smaller stack is superseded', async () => {
    const first = phantomInstance({ kind: 'dermoscopy', salt: 'late', study: 'late', instanceNumber: 1 });
    const second = phantomInstance({
      kind: 'dermoscopy',
      salt: 'late',
      study: 'late',
      instanceNumber: 2,
      seed: 4,
    });
    expect(second.seriesInstanceUid).toBe(first.seriesInstanceUid);
    await ours.client.store(first.bytes);
    await finished(ours.client, first.studyInstanceUid);
    const since = new Date().toISOString();
    await ours.client.store(second.bytes);
    const study = await finished(ours.client, first.studyInstanceUid, since);
    const current = study.units.filter((unit) => unit.outcome !== 'superseded');
    expect(current).toHaveLength(1);
    expect(current[0]!.sourceInstanceUids).toHaveLength(2);
    expect(study.units.filter((unit) => unit.outcome === 'superseded')).toHaveLength(1);
  });
});

describe('the mask', () => {
  it('lies where the lesion is', async () => {
    const [phantom] = phantoms;
    const study = (await ours.client.study(phantom!.studyInstanceUid))!;
    const unit = study.units[0]!;
    const path = {
      study: study.studyInstanceUid,
      series: unit.segSeriesUid!,
      instance: unit.segInstanceUid!,
    };
    const { masks } = readSeg((await ours.client.metadata(path))!, await ours.client.file(path));
    const overlap = dice(masks.get(phantom!.sopInstanceUid)!, phantom!.masks[0]!.data);
    expect(overlap).toBeGreaterThan(0.5);
  });

  it('is one object beside its source, after all runs of the study', async () => {
    const listing = await ours.client.instances(phantoms[0]!.studyInstanceUid);
    expect(segsIn(listing)).toHaveLength(1);
    expect(listing).toHaveLength(2);
  });
});
