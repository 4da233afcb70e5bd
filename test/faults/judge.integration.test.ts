import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orthanc, studyIds } from '../../src/faults/archive.js';
import { judge } from '../../src/faults/judge.js';
import { type Gateway, type Lab, startLab } from '../../src/faults/lab.js';
import { settle } from '../../src/faults/run-faults.js';
import { openTraffic, type SentStudy } from '../../src/faults/traffic.js';
import { randomFrom } from '../../src/phantom/index.js';
import { eventually, PROJECT_ROOT } from '../support/stack.js';

const dir = mkdtempSync(join(tmpdir(), 'esp-judge-'));
let lab: Lab;
const studies: SentStudy[] = [];

beforeAll(async () => {
  lab = await startLab(PROJECT_ROOT, dir);
  const traffic = openTraffic(lab, randomFrom('judge'), 'judge');
  for (const kind of ['dermoscopy', 'ultrasound-cine', 'xray', 'fundus', 'ct'] as const)
    await traffic.send(kind);
  studies.push(...traffic.studies);
});
afterAll(async () => {
  await lab?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Orthanc tells of a study again when it is stable, a second after its SEG came; a late look at its feed is in it. */
const SIGNALS_MS = 8000;

/** When the timeline of any study got its last line, ms since 1970. */
async function lastEventAt(): Promise<number> {
  const views = await Promise.all(studies.map(({ study }) => lab.gateways[0]!.client.study(study)));
  return Math.max(...views.flatMap((view) => view?.events.map(({ at }) => Date.parse(at)) ?? []));
}

const verdictOf = async (sent: SentStudy) =>
  (await judge(lab, sent)).map(({ kind, why }) => `${kind}: ${why}`);
const orthancId = async ({ study }: SentStudy) => (await studyIds(lab, study))[0]!;

/** Orthanc's ids of a study's series, by Modality. */
async function seriesOf(sent: SentStudy, isSeg: boolean): Promise<string> {
  const series = (await orthanc(lab, 'GET', `/studies/${await orthancId(sent)}/series`)) as {
    ID: string;
    MainDicomTags: { Modality: string };
  }[];
  return series.find(({ MainDicomTags }) => (MainDicomTags.Modality === 'SEG') === isSeg)!.ID;
}

describe('the judge of a fault run', () => {
  it('asks again where a gateway cannot tell for a moment', async () => {
    const [first, ...others] = lab.gateways as [Gateway, ...Gateway[]];
    const refusals = [new Error('GET answered 503')];
    const study: typeof first.client.study = async (uid) => {
      const refusal = refusals.pop();
      if (refusal) throw refusal;
      return first.client.study(uid);
    };
    const gateways = [{ ...first, client: { ...first.client, study } }, ...others];
    const said: string[] = [];
    const nothing = () => Promise.resolve();
    const verdicts = await settle({ ...lab, gateways }, { studies }, nothing, (line) => said.push(line));
    expect(verdicts).toEqual([]);
    // Studies may still be under way as it begins, which it says as well.
    expect(said).toContainEqual(
      expect.stringMatching(/^not yet: dermoscopy: it cannot be judged: GET answered 503/),
    );
  });
});

describe('the judge of studies that nobody puts right again', () => {
  beforeAll(async () => {
    await eventually('every study to be right, and all its signals to be through', async () => {
      const verdicts = (await Promise.all(studies.map((sent) => judge(lab, sent)))).flat();
      return verdicts.length === 0 && Date.now() - (await lastEventAt()) > SIGNALS_MS;
    });
    for (const worker of lab.workers) await worker.end('SIGTERM');
  });

  it('finds a tag that is not what the ledger says', async () => {
    const [sent] = studies as [SentStudy];
    const id = await orthancId(sent);
    await orthanc(lab, 'PUT', `/studies/${id}/metadata/4430`, 'xray:segmented');
    for (const label of ((await orthanc(lab, 'GET', `/studies/${id}/labels`)) ?? []) as string[]) {
      await orthanc(lab, 'DELETE', `/studies/${id}/labels/${label}`);
    }
    expect(await verdictOf(sent)).toEqual(['untrue: dermoscopy: its tag is not what the ledger says']);
  });

  it('finds a mask of another picture', async () => {
    const sent = studies[1]!;
    const inverted = sent.masks[0]!.map((value) => 1 - value);
    expect(await verdictOf({ ...sent, masks: [...sent.masks, inverted] })).toEqual([
      expect.stringMatching(/^untrue: ultrasound-cine: its mask is of another picture/),
    ]);
  });

  it('finds a result of another patient', async () => {
    expect(await verdictOf({ ...studies[1]!, patientId: 'SOMEBODY-ELSE' })).toEqual([
      'untrue: ultrasound-cine: its result is of another patient',
    ]);
  });

  it('finds a study that was to be deleted and is there', async () => {
    expect(await verdictOf({ ...studies[1]!, isDeleted: true })).toEqual([
      'untrue: ultrasound-cine: deleted, and there again',
    ]);
  });

  it('finds that a SEG is gone', async () => {
    const sent = studies[2]!;
    await orthanc(lab, 'DELETE', `/series/${await seriesOf(sent, true)}`);
    expect(await verdictOf(sent)).toEqual(['lost: xray: it has no SEG']);
  });

  it('finds that an image is gone', async () => {
    const sent = studies[3]!;
    await orthanc(lab, 'DELETE', `/series/${await seriesOf(sent, false)}`);
    expect(await verdictOf(sent)).toEqual(['lost: fundus: its image is not in the archive']);
  });

  it('finds two SEGs of one content', async () => {
    expect(await verdictOf({ ...studies[1]!, changes: -1 })).toEqual([
      'duplicate: ultrasound-cine: 1 SEGs for 0 contents',
    ]);
  });

  it('finds a study of which the ledger knows nothing', async () => {
    lab.redisCommand('FLUSHALL');
    expect(await verdictOf(studies[4]!)).toEqual(['lost: ct: the ledger knows no outcome']);
  });
});
