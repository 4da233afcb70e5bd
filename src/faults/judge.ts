import { fetch } from 'undici';
import { dice, readSeg, segsIn, type StudyView } from '../demo/index.js';
import { boundaryOf, type DicomJson, splitMultipart, stringOf, TAG } from '../dicom/index.js';
import type { Lab } from './lab.js';
import type { SentStudy } from './traffic.js';

/** What is wrong with a study in the end, in words. */
export interface Verdict {
  readonly study: string;
  readonly kind: 'lost' | 'duplicate' | 'untrue';
  readonly why: string;
}

/** A mask of the right picture overlaps with what was drawn by more than this; of another picture it does not. */
const MIN_DICE = 0.4;

/** Reads the archive itself, past proxy and gateways, and compares it with what was sent and with the ledger. */
export async function judge(lab: Lab, sent: SentStudy): Promise<Verdict[]> {
  const { study, phantom, patientId, changes, isDeleted } = sent;
  const verdict = (kind: Verdict['kind'], why: string): Verdict => ({ study, kind, why });
  const listing = await list(lab, `/studies/${study}/instances?includefield=${TAG.SOPClassUID}`);
  const segs = segsIn(listing);
  if (isDeleted) return listing.length === 0 ? [] : [verdict('untrue', 'deleted, and there again')];
  if (!listing.some((instance) => stringOf(instance, TAG.SOPInstanceUID) === phantom.sopInstanceUid)) {
    return [verdict('lost', 'its image is not in the archive')];
  }
  const record = await lab.gateways[0]!.client.study(study);
  if (record?.outcome === undefined) return [verdict('lost', 'the ledger knows no outcome')];
  const expected = phantom.kind === 'ct' ? 'unsupported' : 'segmented';
  const found: Verdict[] = [];
  if (record.state !== 'done') found.push(verdict('untrue', `the ledger says ${record.state}`));
  if (record.outcome !== expected) {
    const code = record.error?.code ?? record.units[0]?.reasons.at(-1) ?? '';
    found.push(verdict('untrue', `${record.outcome} instead of ${expected}: ${code}`));
  }
  if (expected === 'unsupported') {
    if (segs.length > 0) found.push(verdict('untrue', 'has a SEG'));
    return found;
  }
  if (segs.length === 0) return [...found, verdict('lost', 'has no SEG')];
  if (segs.length > 1 + changes)
    found.push(verdict('duplicate', `${segs.length} SEGs for ${1 + changes} contents`));
  return [...found, ...(await judgeResult(lab, sent, record, patientId, verdict))];
}

async function judgeResult(
  lab: Lab,
  { study, phantom }: SentStudy,
  { units }: StudyView,
  patientId: string,
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
  const mask = masks.get(phantom.sopInstanceUid);
  const overlap = mask ? dice(mask, phantom.masks[0]!.data) : 0;
  return overlap >= MIN_DICE
    ? []
    : [verdict('untrue', `its mask is of another picture (Dice ${overlap.toFixed(2)})`)];
}

async function list(lab: Lab, path: string): Promise<DicomJson[]> {
  const response = await fetch(`${lab.dicomwebUrl}${path}`, {
    headers: { accept: 'application/dicom+json' },
  });
  const text = await response.text();
  if (response.status === 404 || text === '') return [];
  if (!response.ok) throw new Error(`the archive answered ${response.status}`);
  return JSON.parse(text) as DicomJson[];
}

async function file(lab: Lab, path: string): Promise<Uint8Array> {
  const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*';
  const response = await fetch(`${lab.dicomwebUrl}${path}`, { headers: { accept } });
  const boundary = boundaryOf(response.headers.get('content-type') ?? '');
  return splitMultipart(Buffer.from(await response.arrayBuffer()), boundary)[0]!.body;
}
