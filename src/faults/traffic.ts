import { fetch } from 'undici';
import { phantomInstance, type PhantomInstance, type Random } from '../phantom/index.js';
import { orthanc, studyIds } from './archive.js';
import { brightMask } from './bright-model.js';
import type { Lab } from './lab.js';

/** What the senders know of a study: what the archive should hold in the end. */
export interface SentStudy {
  readonly study: string;
  readonly kind: Kind;
  readonly sopInstanceUid: string;
  patientId: string;
  /** Masks of every picture that it has had, by what its pixels are; the last one is of its present picture. */
  readonly masks: Uint8Array[];
  /** How often pixels or patient changed: a result of each may have been stored. */
  changes: number;
  isDeleted: boolean;
}

/** Senders of a hospital, which try until the archive has taken what they send. */
export interface Traffic {
  readonly studies: readonly SentStudy[];
  /** Something that happens to studies. @returns its name */
  step(): Promise<string>;
  /** A new study, by whichever way. @param kind any without */
  send(kind?: Kind): Promise<string>;
}

const KINDS = ['dermoscopy', 'xray', 'fundus', 'ultrasound-cine', 'ct'] as const;
type Kind = (typeof KINDS)[number];
/** Pictures whose bright parts no other has, one after the other for pixels that change under the same UIDs. */
const PICTURES = ['dermoscopy', 'xray', 'colonoscopy', 'fundus'] as const;

/** @param seed the same one draws the same studies and makes the same choices */
export function openTraffic(lab: Lab, random: Random, seed: string): Traffic {
  const studies: SentStudy[] = [];
  const phantoms = new Map<SentStudy, PhantomInstance>();
  const alive = () => studies.filter(({ isDeleted }) => !isDeleted);

  function draw(number: number, kind: Kind, patientId: string, picture: number): PhantomInstance {
    return phantomInstance({
      kind,
      ...(kind === 'ct' ? {} : { channel: PICTURES[picture % PICTURES.length]! }),
      salt: `faults ${seed}`,
      study: String(number),
      seed: number + 1,
      patientId,
      width: 128,
      height: 128,
      ...(kind === 'ultrasound-cine' ? { frames: 3 } : {}),
    });
  }

  async function send(wanted?: Kind): Promise<string> {
    const kind = wanted ?? KINDS[random.whole(0, KINDS.length - 1)]!;
    const patientId = `FAULTS-${studies.length}`;
    const phantom = draw(studies.length, kind, patientId, 0);
    const { studyInstanceUid: study, sopInstanceUid, rasters } = phantom;
    const masks = [brightMask(rasters[0]!)];
    const sent: SentStudy = { study, kind, sopInstanceUid, patientId, masks, changes: 0, isDeleted: false };
    studies.push(sent);
    phantoms.set(sent, phantom);
    return store(sent);
  }

  /** The next file of a study has its present patient and its next picture. */
  function drawNext(sent: SentStudy, picture: number): void {
    const phantom = draw(studies.indexOf(sent), sent.kind, sent.patientId, picture);
    phantoms.set(sent, phantom);
    if (picture >= sent.masks.length) sent.masks.push(brightMask(phantom.rasters[0]!));
    sent.changes += 1;
  }

  async function store(sent: SentStudy): Promise<string> {
    // All choices are made before anything is waited for: their order is that of the seed.
    const way = random.whole(0, 2);
    const times = random.whole(1, 2);
    const gateway = lab.gateways[random.whole(0, lab.gateways.length - 1)]!;
    const { bytes } = phantoms.get(sent)!;
    if (way === 0) {
      await untilDone(() => gateway.client.store(bytes));
      return 'stored through a gateway';
    }
    await untilDone(() => orthanc(lab, 'POST', '/instances', bytes));
    if (way === 1) return 'stored in the archive';
    // A hook is told once, or late and twice; where no gateway hears it, the other ways must do.
    for (let told = 0; told < times; told += 1) await tell(gateway.base, sent.study);
    return 'stored in the archive, with hooks';
  }

  const ACTIONS: Readonly<Record<string, (sent: SentStudy) => Promise<void>>> = {
    'sent again': async (sent) => void (await store(sent)),
    'other pixels under the same UIDs': async (sent) => {
      // One whose pictures are used up is sent again as it is.
      if (sent.kind !== 'ct' && sent.masks.length < PICTURES.length) drawNext(sent, sent.masks.length);
      await store(sent);
    },
    'patient corrected': (sent) => {
      sent.patientId = `${sent.patientId.split('-C')[0]}-C${sent.changes + 1}`;
      drawNext(sent, sent.masks.length - 1);
      return untilDone(() => correctPatient(lab, sent));
    },
    deleted: (sent) => {
      sent.isDeleted = true;
      return untilDone(async () => {
        for (const id of await studyIds(lab, sent.study)) await orthanc(lab, 'DELETE', `/studies/${id}`);
      });
    },
    'late hook': (sent) => tell(lab.gateways[0]!.base, sent.study),
    'hook of a study that is not there': () =>
      tell(lab.gateways[0]!.base, `2.25.${random.whole(1, 1_000_000_000)}`),
  };
  const NAMES = Object.keys(ACTIONS);

  return {
    studies,
    send,
    async step() {
      const there = alive();
      if (there.length === 0 || random.next() < 0.4) return send();
      const name = NAMES[random.whole(0, NAMES.length - 1)]!;
      await ACTIONS[name]!(there[random.whole(0, there.length - 1)]!);
      return name;
    },
  };
}

/** Gives the study, results and all, to the right patient, as a person does who goes on until it is so. */
async function correctPatient(
  lab: Lab,
  { study, patientId }: Pick<SentStudy, 'study' | 'patientId'>,
): Promise<void> {
  let isRight = true;
  for (const id of await studyIds(lab, study)) {
    const patient = (await orthanc(lab, 'GET', `/studies/${id}/patient`)) as
      { ID: string; MainDicomTags: { PatientID?: string } } | undefined;
    if (!patient || patient.MainDicomTags.PatientID === patientId) continue;
    isRight = false;
    const body = JSON.stringify({
      Replace: { PatientID: patientId },
      Keep: ['StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID'],
      KeepSource: false,
      Force: true,
    });
    await orthanc(lab, 'POST', `/patients/${patient.ID}/modify`, body);
  }
  if (!isRight) await correctPatient(lab, { study, patientId });
}

/** A hook that nobody hears is nobody's loss. */
async function tell(base: string, studyInstanceUid: string): Promise<void> {
  const signal = AbortSignal.timeout(5000);
  const body = JSON.stringify({ studyInstanceUid });
  await fetch(`${base}/hooks/stable-study`, { method: 'POST', body, signal })
    .then((response) => response.arrayBuffer())
    .catch(() => undefined);
}

/** Tries for ten minutes, as a sender's queue does. */
async function untilDone<T>(send: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 600_000;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}
