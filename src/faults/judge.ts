import { dice, readSeg, segsIn, type StudyView } from '../demo/index.js';
import { stringOf, TAG } from '../dicom/index.js';
import { file, list, orthanc, studyIds } from './archive.js';
import type { Lab } from './lab.js';
import type { SentStudy } from './traffic.js';

/** What is wrong with a study in the end, in words. */
export interface Verdict {
  readonly study: string;
  readonly kind: 'lost' | 'duplicate' | 'untrue';
  readonly why: string;
}

/** Overlap with what the model should find: its own picture's is above 0.95, another's below 0.75. */
const MIN_DICE = 0.85;
const TAG_METADATA = '4430';

/** Reads the archive itself, past proxies and gateways, and compares it with what was sent and with the ledger. */
export async function judge(lab: Lab, sent: SentStudy): Promise<Verdict[]> {
  const { study, kind, changes } = sent;
  const verdict = (what: Verdict['kind'], why: string): Verdict => ({
    study,
    kind: what,
    why: `${kind}: ${why}`,
  });
  const listing = await list(lab, `/studies/${study}/instances?includefield=${TAG.SOPClassUID}`);
  if (sent.isDeleted) return listing.length === 0 ? [] : [verdict('untrue', 'deleted, and there again')];
  if (!listing.some((instance) => stringOf(instance, TAG.SOPInstanceUID) === sent.sopInstanceUid)) {
    return [verdict('lost', 'its image is not in the archive')];
  }
  const record = await lab.gateways[0]!.client.study(study);
  if (record?.outcome === undefined) return [verdict('lost', 'the ledger knows no outcome')];
  const found: Verdict[] = [];
  if (record.state !== 'done') found.push(verdict('untrue', `the ledger says ${record.state}`));
  const expected = kind === 'ct' ? 'unsupported' : 'segmented';
  if (record.outcome !== expected) {
    const code = record.error?.code ?? record.units[0]?.reasons.at(-1) ?? '';
    found.push(verdict('untrue', `${record.outcome} instead of ${expected}: ${code}`));
  }
  if ((await tagOf(lab, study)) !== record.tag)
    found.push(verdict('untrue', 'its tag is not what the ledger says'));
  const segs = segsIn(listing);
  if (expected === 'unsupported') {
    return segs.length === 0 ? found : [...found, verdict('untrue', 'it has a SEG')];
  }
  if (segs.length === 0) return [...found, verdict('lost', 'it has no SEG')];
  if (segs.length > 1 + changes) {
    found.push(verdict('duplicate', `${segs.length} SEGs for ${1 + changes} contents`));
  }
  return [...found, ...(await judgeResult(lab, sent, record, verdict))];
}

/** The one current result: there, of the right patient, and of the present picture rather than of an earlier one. */
async function judgeResult(
  lab: Lab,
  { study, kind, sopInstanceUid, masks: pictures, patientId }: SentStudy,
  { units }: StudyView,
  verdict: (kind: Verdict['kind'], why: string) => Verdict,
): Promise<Verdict[]> {
  const current = units.filter(({ outcome }) => outcome === 'segmented');
  if (current.length !== 1) return [verdict('duplicate', `${current.length} current results`)];
  const path = `/studies/${study}/series/${current[0]!.segSeriesUid}/instances/${current[0]!.segInstanceUid}`;
  const [header] = await list(lab, `${path}/metadata`);
  if (!header) return [verdict('untrue', 'the archive does not have the result that the ledger names')];
  if (stringOf(header, TAG.PatientID) !== patientId)
    return [verdict('untrue', 'its result is of another patient')];
  const { masks } = readSeg(header, await file(lab, path));
  const mask = masks.get(kind === 'ultrasound-cine' ? `${sopInstanceUid}.f1` : sopInstanceUid);
  const overlaps = pictures.map((picture) => (mask ? dice(mask, picture) : 0));
  const overlap = overlaps.at(-1)!;
  if (overlap >= MIN_DICE && overlap === Math.max(...overlaps)) return [];
  return [
    verdict(
      'untrue',
      `its mask is of another picture (Dice ${overlaps.map((one) => one.toFixed(2)).join(', ')})`,
    ),
  ];
}

/** Our tag of a study, as the archive has it: labels, or metadata where it keeps none. */
async function tagOf(lab: Lab, study: string): Promise<string | undefined> {
  const [id] = await studyIds(lab, study);
  const labels = (await orthanc(lab, 'GET', `/studies/${id}/labels`)) as string[] | undefined;
  if (labels) return labels.filter((label) => label.startsWith('esp-')).join(' ');
  return (await orthanc(lab, 'GET', `/studies/${id}/metadata/${TAG_METADATA}`)) as string | undefined;
}
