import { fetch } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { itemsOf, stringOf, TAG } from '../../src/dicom/index.js';
import { segsIn } from '../../src/demo/gateway-client.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { eventually, finished, type OurProcess, startStack, type Stack } from '../support/stack.js';

let stack: Stack;
let ours: OurProcess;

beforeAll(async () => {
  stack = await startStack();
  // Orthanc's change feed tells of nothing that leaves a study.
  ours = await stack.start('all', { ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '1' });
});
afterAll(() => stack?.close());

async function orthanc<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init = {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
  const response = await fetch(`${stack.orthanc.orthancUrl}${path}`, init);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text) as T;
}

const idOf = async (study: string) =>
  (await orthanc<{ ID: string; Type: string }[]>('POST', '/tools/lookup', study)).find(
    ({ Type }) => Type === 'Study',
  )!.ID;

async function processed(salt: string): Promise<string> {
  const { studyInstanceUid, bytes } = phantomInstance({ kind: 'dermoscopy', salt });
  await ours.client.store(bytes);
  await finished(ours.client, studyInstanceUid);
  return studyInstanceUid;
}

/** Waits until one current result for each image is there and every other SEG of the study is named as superseded. */
async function named(study: string, images: number) {
  const found = await eventually('every SEG of the study to be named', async () => {
    const view = await ours.client.study(study);
    if (view?.state !== 'done') return undefined;
    const segs = segsIn(await ours.client.instances(study)).map((seg) => stringOf(seg, TAG.SOPInstanceUID)!);
    const units = view.units.filter(({ segInstanceUid }) => segs.includes(segInstanceUid!));
    const current = units.filter(({ outcome }) => outcome === 'segmented');
    const superseded = units.filter(({ outcome }) => outcome === 'superseded');
    return current.length === images && units.length === segs.length && { current, superseded };
  });
  return found;
}

/** Patient and images of a SEG, as the archive gives it. */
async function readSeg(
  study: string,
  unit: { segSeriesUid?: string | undefined; segInstanceUid?: string | undefined },
) {
  const seg = (await ours.client.metadata({
    study,
    series: unit.segSeriesUid!,
    instance: unit.segInstanceUid!,
  }))!;
  const images = itemsOf(seg, TAG.ReferencedSeriesSequence)
    .flatMap((series) => itemsOf(series, TAG.ReferencedInstanceSequence))
    .map((item) => stringOf(item, TAG.ReferencedSOPInstanceUID)!);
  return { patient: stringOf(seg, TAG.PatientID), images };
}

const instancesOf = async (study: string) =>
  (await ours.client.instances(study)).map((instance) => stringOf(instance, TAG.SOPInstanceUID));

it('a study whose patient is corrected under new UIDs has a result of that patient and of the new images', async () => {
  const before = await processed('moved-patient');
  // Orthanc changes a PatientID at the level of the patient only.
  const patient = await orthanc<{ ID: string }>('GET', `/studies/${await idOf(before)}/patient`);
  const { ID } = await orthanc<{ ID: string }>('POST', `/patients/${patient.ID}/modify`, {
    Replace: { PatientID: 'RIGHT-1', PatientName: 'Right^Name' },
    KeepSource: false,
    Force: true,
  });
  const [moved] = await orthanc<{ MainDicomTags: { StudyInstanceUID: string } }[]>(
    'GET',
    `/patients/${ID}/studies`,
  );
  const study = moved!.MainDicomTags.StudyInstanceUID;
  const { current } = await named(study, 1);
  const seg = await readSeg(study, current[0]!);
  expect(seg.patient).toBe('RIGHT-1');
  expect(await instancesOf(study)).toEqual(expect.arrayContaining(seg.images));
});

it('a study that another was merged into has a result of every image; what came along is named', async () => {
  const [target, source] = [await processed('merge-into'), await processed('merge-from')];
  await orthanc('POST', `/studies/${await idOf(target)}/merge`, {
    Resources: [await idOf(source)],
    KeepSource: false,
  });
  // Two images, each with its result, and the SEG of the study that is no more.
  const { current, superseded } = await named(target, 2);
  expect(superseded).toHaveLength(1);
  expect(superseded[0]!.whyLeft).toEqual([expect.stringMatching(/^(it|its|none) /)]);
  for (const unit of current) {
    const { images } = await readSeg(target, unit);
    expect(await instancesOf(target)).toEqual(expect.arrayContaining(images));
  }
});

it('a study that is split: both have results of the images they have; what stayed behind is named', async () => {
  const images = [1, 2].map((seriesNumber) =>
    phantomInstance({ kind: 'dermoscopy', salt: 'split', study: 'split', seriesNumber, seed: seriesNumber }),
  );
  const [stays, leaves] = images;
  const study = stays!.studyInstanceUid;
  for (const { bytes } of images) await ours.client.store(bytes);
  await named(study, 2);
  const id = await idOf(study);
  const series = await orthanc<{ ID: string; MainDicomTags: { SeriesInstanceUID: string } }[]>(
    'GET',
    `/studies/${id}/series`,
  );
  const moved = series.find(
    ({ MainDicomTags }) => MainDicomTags.SeriesInstanceUID === leaves!.seriesInstanceUid,
  )!;
  const { TargetStudyUID: target } = await orthanc<{ TargetStudyUID: string }>(
    'POST',
    `/studies/${id}/split`,
    { Series: [moved.ID], KeepSource: false },
  );

  const there = await named(target, 1);
  const seg = await readSeg(target, there.current[0]!);
  expect(await instancesOf(target)).toEqual(expect.arrayContaining(seg.images));
  const here = await named(study, 1);
  expect((await readSeg(study, here.current[0]!)).images).toEqual([stays!.sopInstanceUid]);
  expect(here.superseded).toHaveLength(1);
  expect(here.superseded[0]!.whyLeft).toEqual([
    expect.stringMatching(/^none of the images that it refers to/),
  ]);
});
