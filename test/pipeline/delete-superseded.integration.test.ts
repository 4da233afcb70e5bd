import { fetch } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { stringOf, TAG } from '../../src/dicom/index.js';
import { type GatewayClient, segsIn, type StudyView } from '../../src/demo/gateway-client.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { startProxy } from '../doctor/proxy.js';
import { type AuditReceiver, readAudit, startUdpReceiver, syslogParts } from '../support/audit-receiver.js';
import { writeBrightModel } from '../support/bright-model.js';
import { eventually, startStack, type Stack } from '../support/stack.js';

let stack: Stack;
let audit: AuditReceiver;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let client: GatewayClient;
/** Whether Orthanc's user may not delete. */
let mayNotDelete = false;

beforeAll(async () => {
  stack = await startStack({ OverwriteInstances: true });
  audit = await startUdpReceiver();
  proxy = await startProxy(stack.orthanc.orthancUrl, (incoming, outgoing) => {
    if (!mayNotDelete || incoming.method !== 'DELETE') return false;
    outgoing.writeHead(403).end();
    return true;
  });
  const ours = await stack.start('all', {
    ESP_ARCHIVE_DELETE_SUPERSEDED: 'true',
    ESP_ARCHIVE_ORTHANC_URL: proxy.url,
    ESP_AUDIT_SYSLOG_URL: audit.url,
    ESP_MODEL_MANIFEST: writeBrightModel(),
  });
  client = ours.client;
});
afterAll(async () => {
  await stack?.close();
  proxy?.close();
  await audit?.close();
});
beforeEach(() => {
  mayNotDelete = false;
});

const phantom = (study: string, changes: Partial<Parameters<typeof phantomInstance>[0]> = {}) =>
  phantomInstance({ kind: 'dermoscopy', salt: 'superseded', width: 96, height: 64, study, ...changes });

/** Stores a file and waits until a run has ended after which the study is as wanted: what was stored before has runs too. */
async function run(
  { studyInstanceUid, bytes }: ReturnType<typeof phantom>,
  isAsWanted: (view: StudyView, since: string) => boolean,
): Promise<StudyView> {
  const since = new Date().toISOString();
  await client.store(bytes);
  return eventually('the study to be as wanted', async () => {
    const view = await client.study(studyInstanceUid);
    // A view's timeline was read before its record, and may know less.
    return view?.state === 'done' && isAsWanted(view, since) && client.study(studyInstanceUid);
  });
}

/** The first run of a study. @returns the study and its SEG */
async function processed(file: ReturnType<typeof phantom>): Promise<{ study: string; old: string }> {
  const view = await run(file, ({ outcome }) => outcome === 'segmented');
  return { study: view.studyInstanceUid, old: ofOutcome(view, 'segmented')[0]! };
}

const hasAnother = (old: string) => (view: StudyView) =>
  ofOutcome(view, 'segmented').some((uid) => uid !== old);

const segUids = async (study: string) =>
  segsIn(await client.instances(study)).map((seg) => stringOf(seg, TAG.SOPInstanceUID)!);
const ofOutcome = (view: StudyView, wanted: string) =>
  view.units.flatMap(({ outcome, segInstanceUid }) => (outcome === wanted ? [segInstanceUid!] : []));
/** What the timeline says of the last deletion. */
const deletion = (view: StudyView) =>
  view.events.findLast(({ event }) => event === 'superseded-deleted')?.detail as
    { deleted: string[]; kept: { instance: string; reason: string }[] } | undefined;

async function orthanc(method: string, path: string, body?: string | Uint8Array): Promise<Buffer> {
  const init = { method, ...(body === undefined ? {} : { body }) };
  const response = await fetch(`${stack.orthanc.orthancUrl}${path}`, init);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.status, bytes.toString('latin1', 0, 300)).toBe(200);
  return bytes;
}

async function idOf(instance: string): Promise<string> {
  const found = JSON.parse((await orthanc('POST', '/tools/lookup', instance)).toString()) as { ID: string }[];
  return found[0]!.ID;
}

it('a run deletes what it has replaced, nothing else, and tells the audit', async () => {
  const { study, old } = await processed(phantom('replaced'));
  const modified = await orthanc(
    'POST',
    `/instances/${await idOf(old)}/modify`,
    JSON.stringify({
      Replace: { Manufacturer: 'Somebody else', ManufacturerModelName: 'Another program' },
      Keep: ['StudyInstanceUID', 'SeriesInstanceUID'],
      Force: true,
    }),
  );
  await orthanc('POST', '/instances', modified);
  const foreign = (await segUids(study)).find((uid) => uid !== old);
  expect(foreign).toBeDefined();

  const second = await run(phantom('replaced', { seed: 77 }), hasAnother(old));
  expect(second).toMatchObject({ outcome: 'segmented', units: [{ outcome: 'segmented' }] });
  const [present] = ofOutcome(second, 'segmented');
  expect((await segUids(study)).sort()).toEqual([foreign, present].sort());
  expect(deletion(second)).toEqual(expect.objectContaining({ deleted: [old], kept: [] }));
  const told = await eventually('the audit to be told', async () =>
    audit.messages
      .map((message) => readAudit(syslogParts(message).xml))
      .find(({ action, object }) => action === 'D' && object === study),
  );
  expect(told).toMatchObject({ event: 'DICOM Instances Accessed', outcome: '0' });
});

it('a result that somebody has edited stays', async () => {
  const { study, old } = await processed(phantom('edited'));
  const file = await orthanc('GET', `/instances/${await idOf(old)}/file`);
  const at = file.indexOf('AUTOMATIC ');
  expect(at).toBeGreaterThan(0);
  file.write('MANUAL    ', at, 'latin1');
  await orthanc('POST', '/instances', file);
  const second = await run(phantom('edited', { seed: 77 }), hasAnother(old));
  expect(second.outcome).toBe('segmented');
  expect(ofOutcome(second, 'superseded')).toEqual([old]);
  expect(await segUids(study)).toContain(old);
  expect(deletion(second)).toMatchObject({
    deleted: [],
    kept: [{ instance: old, reason: expect.stringContaining('edited') as string }],
  });
});

it('the result of an image that has no present one stays', async () => {
  const { study, old } = await processed(phantom('missed'));
  const second = await run(
    phantom('missed', { attributes: { Modality: 'MR' } }),
    ({ outcome }) => outcome === 'unsupported',
  );
  expect(ofOutcome(second, 'superseded')).toEqual([old]);
  expect(await segUids(study)).toEqual([old]);
  expect(deletion(second)?.kept).toEqual([
    { instance: old, reason: 'an image that it is of has no present result' },
  ]);
});

it('an archive that refuses it costs the study nothing; a later run makes up for it, also one without news', async () => {
  const { study, old } = await processed(phantom('refused'));
  mayNotDelete = true;
  const second = await run(phantom('refused', { seed: 77 }), hasAnother(old));
  expect(second.outcome).toBe('segmented');
  expect(ofOutcome(second, 'superseded')).toEqual([old]);
  expect(deletion(second)?.kept).toEqual([
    { instance: old, reason: expect.stringMatching(/^ARCHIVE_DENIED: .*403/) as string },
  ]);
  expect(await segUids(study)).toHaveLength(2);

  mayNotDelete = false;
  const third = await run(phantom('refused', { seed: 77 }), ({ events }, since) =>
    events.some(({ event, at }) => event === 'unchanged' && at >= since),
  );
  expect(third.units.map(({ outcome }) => outcome)).toEqual(['segmented']);
  expect(await segUids(study)).toEqual(ofOutcome(third, 'segmented'));
});
