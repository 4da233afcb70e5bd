import { fetch } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { itemsOf, stringOf, TAG } from '../../src/dicom/index.js';
import { segsIn, type StudyView } from '../../src/demo/gateway-client.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { writeBrightModel } from '../support/bright-model.js';
import { eventually, type OurProcess, startStack, type Stack } from '../support/stack.js';

// Orthanc keeps a study for each patient under whom a StudyInstanceUID comes; DICOMweb shows them as one.
let stack: Stack;
let ours: OurProcess;

beforeAll(async () => {
  stack = await startStack({ OverwriteInstances: true });
  ours = await stack.start('all', {
    ESP_MODEL_MANIFEST: writeBrightModel(),
    ESP_ARCHIVE_DELETE_SUPERSEDED: 'true',
    ESP_ARCHIVE_TAG: 'metadata',
    // Orthanc's change feed tells of nothing that is deleted.
    ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '1',
  });
});
afterAll(() => stack?.close());

const image = (patientId: string, changes: Partial<Parameters<typeof phantomInstance>[0]>) =>
  phantomInstance({
    kind: 'dermoscopy',
    salt: 'several patients',
    width: 96,
    height: 64,
    patientId,
    ...changes,
  });

async function orthanc<T>(method: string, path: string, body?: string): Promise<T> {
  const response = await fetch(`${stack.orthanc.orthancUrl}${path}`, { method, ...(body && { body }) });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text) as T;
}

/** Orthanc's studies of a UID by PatientID: their id, tag and instances. */
async function byPatient(study: string) {
  const found = await orthanc<{ ID: string; Type: string }[]>('POST', '/tools/lookup', study);
  const studies = found
    .filter(({ Type }) => Type === 'Study')
    .map(async ({ ID }) => {
      const { PatientMainDicomTags: patient } = await orthanc<{
        PatientMainDicomTags: { PatientID: string };
      }>('GET', `/studies/${ID}`);
      const metadata = await orthanc<Record<string, string>>('GET', `/studies/${ID}/metadata?expand`);
      const instances = await orthanc<{ ID: string; MainDicomTags: { SOPInstanceUID: string } }[]>(
        'GET',
        `/studies/${ID}/instances`,
      );
      return [patient.PatientID, { tag: metadata['4430'], instances }] as const;
    });
  return Object.fromEntries(await Promise.all(studies));
}

/** The study once its last run left it so. */
const becomes = (study: string, what: string, isSo: (view: StudyView) => boolean) =>
  eventually(what, async () => {
    const view = await ours.client.study(study);
    // A view's timeline was read before its record, and may know less.
    return view?.state === 'done' && isSo(view) && ours.client.study(study);
  });
const current = (view: StudyView) => view.units.filter(({ outcome }) => outcome === 'segmented');
const superseded = (view: StudyView) => view.units.filter(({ outcome }) => outcome === 'superseded');

/** Patient and images of a SEG. */
async function readSeg(study: string, unit: StudyView['units'][number]) {
  const path = { study, series: unit.segSeriesUid!, instance: unit.segInstanceUid! };
  const seg = (await ours.client.metadata(path))!;
  const images = itemsOf(seg, TAG.ReferencedSeriesSequence)
    .flatMap((series) => itemsOf(series, TAG.ReferencedInstanceSequence))
    .map((item) => stringOf(item, TAG.ReferencedSOPInstanceUID)!);
  return { patient: stringOf(seg, TAG.PatientID), images };
}

it('a series with images of two patients has a SEG for each, of that patient alone', async () => {
  const [one, two] = [
    image('P-1', { study: 'one series', instanceNumber: 1 }),
    image('P-2', { study: 'one series', instanceNumber: 2, seed: 5 }),
  ];
  const study = one.studyInstanceUid;
  expect([two.studyInstanceUid, two.seriesInstanceUid]).toEqual([study, one.seriesInstanceUid]);
  await ours.client.store(one.bytes);
  await ours.client.store(two.bytes);
  const view = await becomes(study, 'both images to have a result', (now) => current(now).length === 2);
  const segs = await Promise.all(current(view).map((unit) => readSeg(study, unit)));
  expect(segs.sort((a, b) => (a.patient! < b.patient! ? -1 : 1))).toEqual([
    { patient: 'P-1', images: [one.sopInstanceUid] },
    { patient: 'P-2', images: [two.sopInstanceUid] },
  ]);
  const tags = async () => Object.values(await byPatient(study)).map(({ tag }) => tag);
  expect(await tags()).toEqual(['dermoscopy:segmented', 'dermoscopy:segmented']);

  // Whose a superseded result is cannot be told for sure, so that none is deleted.
  const old = current(view).find(({ sourceInstanceUids }) => sourceInstanceUids[0] === one.sopInstanceUid);
  await ours.client.store(image('P-1', { study: 'one series', instanceNumber: 1, seed: 77 }).bytes);
  const later = await becomes(study, 'the new picture to have a result', (now) => superseded(now).length > 0);
  expect(superseded(later).map(({ segInstanceUid }) => segInstanceUid)).toEqual([old!.segInstanceUid]);
  expect(JSON.stringify(later.events)).toContain('the study has images of several patients');
  expect(segsIn(await ours.client.instances(study))).toHaveLength(3);
});

it('an image that is sent again with its patient corrected gets a result once the wrong copy is gone', async () => {
  const [wrong, right] = ['WRONG', 'RIGHT'].map((patient) => image(patient, { study: 'corrected' }));
  const study = wrong!.studyInstanceUid;
  await ours.client.store(wrong!.bytes);
  const first = await becomes(study, 'a first result', (now) => current(now).length === 1);
  const old = current(first)[0]!.segInstanceUid!;

  await ours.client.store(right!.bytes);
  const both = await becomes(study, 'the two patients to be noticed', ({ outcome }) => outcome === 'failed');
  expect(both.units[0]!.reasons.join()).toContain('the archive has the image under several patients');
  expect(both.error).toMatchObject({
    code: 'SEVERAL_PATIENTS',
    advice: expect.stringContaining('to whom it does not belong') as string,
  });
  expect(superseded(both).map(({ segInstanceUid }) => segInstanceUid)).toEqual([old]);
  // At once: another try would find the same.
  expect(both.attempts).toBe(1);
  expect((await byPatient(study)).RIGHT!.instances).toHaveLength(1);

  const copies = (await byPatient(study)).WRONG!.instances;
  const copy = copies.find(({ MainDicomTags }) => MainDicomTags.SOPInstanceUID === wrong!.sopInstanceUid)!;
  await orthanc('DELETE', `/instances/${copy.ID}`);
  const last = await becomes(study, 'a result of the right patient', (now) => current(now).length === 1);
  expect(await readSeg(study, current(last)[0]!)).toEqual({
    patient: 'RIGHT',
    images: [right!.sopInstanceUid],
  });
  // What stayed at the wrong patient is gone, and with it that patient's study.
  expect(superseded(last)).toEqual([]);
  const left = await byPatient(study);
  expect(Object.keys(left)).toEqual(['RIGHT']);
  expect(left.RIGHT).toMatchObject({ tag: 'dermoscopy:segmented' });
});
