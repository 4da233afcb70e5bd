import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DicomJson, stringOf, TAG } from '../../src/dicom/index.js';
import { segsIn } from '../../src/demo/gateway-client.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { eventually, finished, type OurProcess, startStack, type Stack } from '../support/stack.js';

let stack: Stack;
let ours: OurProcess;

beforeAll(async () => {
  stack = await startStack({ OverwriteInstances: true });
  ours = await stack.start('all', { ESP_WORKER_BACKOFF_SECONDS: '0.2' });
});
afterAll(() => stack?.close());

/** A request to Orthanc's own API. @returns its JSON answer */
async function orthanc<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${stack.orthanc.orthancUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

const idsOf = async (study: string) =>
  (await orthanc<{ ID: string; Type: string }[]>('POST', '/tools/lookup', study))
    .filter(({ Type }) => Type === 'Study')
    .map(({ ID }) => ID);

async function deleteStudy(study: string): Promise<void> {
  for (const id of await idsOf(study)) await orthanc('DELETE', `/studies/${id}`);
}

/** Stores a file and waits until a run has looked at it, and those that its signals asked for meanwhile. */
async function processed(phantom: { studyInstanceUid: string; bytes: Uint8Array }) {
  const since = new Date().toISOString();
  await ours.client.store(phantom.bytes);
  await finished(ours.client, phantom.studyInstanceUid, since);
  return settled(phantom.studyInstanceUid);
}

/** A study once its record has stood still for longer than signals take. */
const settled = (study: string) =>
  eventually('the study to settle', async () => {
    const view = await ours.client.study(study);
    return view?.state === 'done' && Date.now() - Date.parse(view.updatedAt) > 4000 && view;
  });

const current = (study: Awaited<ReturnType<typeof processed>>) =>
  study.units.flatMap(({ outcome, segInstanceUid }) => (outcome === 'segmented' ? [segInstanceUid] : []));
const uidsOf = (listing: readonly DicomJson[]) =>
  segsIn(listing).map((seg) => stringOf(seg, TAG.SOPInstanceUID));

describe('a hook of a study that the archive does not have', () => {
  it('is refused and leaves nothing in the ledger', async () => {
    const study = '2.25.123456789';
    const answer = await fetch(`${ours.base}/hooks/stable-study`, {
      method: 'POST',
      body: JSON.stringify({ studyInstanceUid: study }),
    });
    expect(answer.status).toBe(404);
    expect(await ours.client.study(study)).toBeUndefined();
  });
});

describe('what is said of a study is what Orthanc has', () => {
  it('after it was deleted and sent again: its SEG and its tag are there', async () => {
    const phantom = phantomInstance({ kind: 'dermoscopy', salt: 'truth-resent' });
    const first = await processed(phantom);
    await deleteStudy(phantom.studyInstanceUid);
    const second = await processed(phantom);
    expect(second.outcome).toBe('segmented');
    expect(current(second)).toEqual(current(first));
    const listing = await ours.client.instances(phantom.studyInstanceUid);
    expect(uidsOf(listing)).toEqual(current(second));
    const [id] = await idsOf(phantom.studyInstanceUid);
    expect(await orthanc('GET', `/studies/${id}/metadata?expand`)).toMatchObject({
      '4430': 'dermoscopy:segmented',
    });
  });

  it('after its pixels were exchanged under the same UIDs: the mask is of the new ones', async () => {
    const phantom = phantomInstance({ kind: 'dermoscopy', salt: 'truth-pixels', study: 'p' });
    const first = await processed(phantom);
    const second = await processed(
      phantomInstance({ kind: 'dermoscopy', salt: 'truth-pixels', study: 'p', seed: 77 }),
    );
    expect(second.outcome).toBe('segmented');
    expect(current(second)).toHaveLength(1);
    expect(current(second)).not.toEqual(current(first));
    expect(second.units.map(({ outcome }) => outcome)).toEqual(['segmented', 'superseded']);
  });

  it('after its patient was corrected in Orthanc: one result, of the right patient', async () => {
    const phantom = phantomInstance({ kind: 'dermoscopy', salt: 'truth-patient' });
    await processed(phantom);
    const [id] = await idsOf(phantom.studyInstanceUid);
    const patient = await orthanc<{ ID: string }>('GET', `/studies/${id}/patient`);
    const since = new Date().toISOString();
    await orthanc('POST', `/patients/${patient.ID}/modify`, {
      Replace: { PatientID: 'CORRECTED-1', PatientName: 'Corrected^Name' },
      Keep: ['StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID'],
      KeepSource: false,
      Force: true,
    });
    await finished(ours.client, phantom.studyInstanceUid, since);
    const study = await settled(phantom.studyInstanceUid);
    expect(study.outcome).toBe('segmented');
    const segs = segsIn(await ours.client.instances(phantom.studyInstanceUid));
    expect(segs.map((seg) => stringOf(seg, TAG.SOPInstanceUID))).toEqual(current(study));
    const [unit] = study.units;
    const seg = await ours.client.metadata({
      study: phantom.studyInstanceUid,
      series: unit!.segSeriesUid!,
      instance: unit!.segInstanceUid!,
    });
    expect(stringOf(seg!, TAG.PatientID)).toBe('CORRECTED-1');
    await eventually('the tag', async () => {
      const [now] = await idsOf(phantom.studyInstanceUid);
      const metadata = await orthanc<Record<string, string>>('GET', `/studies/${now}/metadata?expand`);
      return metadata['4430'] === 'dermoscopy:segmented';
    });
  });

  it('when it is deleted while it is segmented: nothing of it comes back', async () => {
    const phantom = phantomInstance({ kind: 'ultrasound-cine', salt: 'truth-deleted', frames: 30 });
    await ours.client.store(phantom.bytes);
    await eventually(
      'the study to be running',
      async () => (await ours.client.study(phantom.studyInstanceUid))?.state === 'running',
    );
    await deleteStudy(phantom.studyInstanceUid);
    await eventually('the run to end', async () => {
      const study = await ours.client.study(phantom.studyInstanceUid);
      return study === undefined || study.state === 'done';
    });
    expect(await idsOf(phantom.studyInstanceUid)).toEqual([]);
  });
});
