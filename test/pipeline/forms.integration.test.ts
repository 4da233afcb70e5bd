import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringOf, TAG } from '../../src/dicom/index.js';
import { readSeg } from '../../src/demo/read-seg.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { writeBrightModel } from '../support/bright-model.js';
import { finished, startStack, type OurProcess, type Stack } from '../support/stack.js';

let stack: Stack;
let ours: OurProcess;

beforeAll(async () => {
  stack = await startStack();
  ours = await stack.start('all', {
    ESP_MODEL_MANIFEST: writeBrightModel(),
    ESP_SEG_FORM: 'labelmap',
    ESP_SEG_MEASUREMENTS: 'true',
  });
});
afterAll(() => stack?.close());

it('a label map and a report on it, where they are asked for, come back from a real archive', async () => {
  const phantom = phantomInstance({
    kind: 'ultrasound-cine',
    salt: 'forms',
    width: 91,
    height: 67,
    frames: 3,
  });
  await ours.client.store(phantom.bytes);
  const study = await finished(ours.client, phantom.studyInstanceUid);
  expect(study.outcome).toBe('segmented');
  const [unit] = study.units;
  const inStudy = { study: phantom.studyInstanceUid };

  const segPath = { ...inStudy, series: unit!.segSeriesUid!, instance: unit!.segInstanceUid! };
  const seg = (await ours.client.metadata(segPath))!;
  expect(stringOf(seg, TAG.SOPClassUID)).toBe('1.2.840.10008.5.1.4.1.1.66.7');
  const { masks } = readSeg(seg, await ours.client.file(segPath));
  expect(masks.size).toBe(unit!.frames!.positive);
  for (const mask of masks.values()) expect(mask.length).toBe(91 * 67);

  const reportPath = { ...inStudy, series: unit!.srSeriesUid!, instance: unit!.srInstanceUid! };
  const report = (await ours.client.metadata(reportPath))!;
  expect(stringOf(report, TAG.SOPClassUID)).toBe('1.2.840.10008.5.1.4.1.1.88.33');
  expect(stringOf(report, TAG.Modality)).toBe('SR');

  // Neither is a source: the study's listing has the image, the SEG and the report, and a new run changes nothing.
  expect(await ours.client.instances(phantom.studyInstanceUid)).toHaveLength(3);
  expect(study.instances).toBe(3);
  const since = new Date().toISOString();
  await ours.client.reprocess(phantom.studyInstanceUid);
  const again = await finished(ours.client, phantom.studyInstanceUid, since);
  expect(again.events.findLast(({ event }) => event === 'done')).toMatchObject({ detail: { stored: 0 } });
  expect(again.units).toEqual(study.units);
});
