import { fetch } from 'undici';
import { phantomInstance, type PhantomInstance, type Random } from '../phantom/index.js';
import type { Lab } from './lab.js';

/** What the senders know of a study: what the archive should hold in the end. */
export interface SentStudy {
  readonly study: string;
  /** As it was sent last. */
  phantom: PhantomInstance;
  patientId: string;
  /** Of its drawing. */
  seed: number;
  /** How often pixels or patient changed: a result of each may have been stored. */
  changes: number;
  isDeleted: boolean;
}

/** Senders of a hospital, which try until the archive has taken what they send. */
export interface Traffic {
  readonly studies: readonly SentStudy[];
  /** Something that happens to studies. @returns its name */
  step(): Promise<string>;
  /** A new study, by whichever way. */
  send(): Promise<string>;
}

const KINDS = ['dermoscopy', 'xray', 'fundus', 'ultrasound', 'ct'] as const;

/** @param seed the same one draws the same studies and makes the same choices */
export function openTraffic(lab: Lab, random: Random, seed: string): Traffic {
  const studies: SentStudy[] = [];
  const alive = () => studies.filter(({ isDeleted }) => !isDeleted);

  async function send(): Promise<string> {
    const number = studies.length;
    const kind = KINDS[random.whole(0, KINDS.length - 1)]!;
    const patientId = `FAULTS-${number}`;
    const drawing = random.whole(1, 1e6);
    const phantom = draw(number, kind, drawing, patientId);
    const { studyInstanceUid: study } = phantom;
    const sent: SentStudy = { study, phantom, patientId, seed: drawing, changes: 0, isDeleted: false };
    studies.push(sent);
    return store(sent);
  }

  function draw(number: number, kind: PhantomInstance['kind'], drawing: number, patientId: string) {
    return phantomInstance({ kind, salt: `faults ${seed}`, study: String(number), seed: drawing, patientId });
  }

  /** The next file of a study is of its present patient and drawing. */
  function drawAgain(sent: SentStudy): void {
    sent.phantom = draw(studies.indexOf(sent), sent.phantom.kind, sent.seed, sent.patientId);
    sent.changes += 1;
  }

  async function store({ phantom, study }: SentStudy): Promise<string> {
    // All choices are made before anything is waited for: their order is that of the seed.
    const way = random.whole(0, 2);
    const times = random.whole(1, 2);
    const gateway = lab.gateways[random.whole(0, lab.gateways.length - 1)]!;
    if (way === 0) {
      await untilDone(() => gateway.client.store(phantom.bytes));
      return 'stored through a gateway';
    }
    await untilDone(() => orthanc(lab, 'POST', '/instances', phantom.bytes));
    if (way === 1) return 'stored in the archive';
    // A hook is told once, or late and twice; where no gateway hears it, the others ways must do.
    for (let told = 0; told < times; told += 1) await tell(gateway.base, study).catch(() => undefined);
    return 'stored in the archive, with hooks';
  }

  const ACTIONS: Readonly<Record<string, (sent: SentStudy) => Promise<void>>> = {
    'sent again': async (sent) => void (await store(sent)),
    'other pixels under the same UIDs': async (sent) => {
      sent.seed = random.whole(1, 1e6);
      drawAgain(sent);
      await store(sent);
    },
    'patient corrected': async (sent) => {
      const patientId = `${sent.patientId.split('-C')[0]}-C${sent.changes + 1}`;
      for (const id of await idsOf(lab, sent.study, 'Patient')) {
        const body = JSON.stringify({
          Replace: { PatientID: patientId },
          Keep: ['StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID'],
          KeepSource: false,
          Force: true,
        });
        await untilDone(() => orthanc(lab, 'POST', `/patients/${id}/modify`, body));
      }
      sent.patientId = patientId;
      drawAgain(sent);
    },
    deleted: async (sent) => {
      sent.isDeleted = true;
      for (const id of await idsOf(lab, sent.study, 'Study')) {
        await untilDone(() => orthanc(lab, 'DELETE', `/studies/${id}`));
      }
    },
    'late hook': async (sent) => void (await tell(lab.gateways[0]!.base, sent.study).catch(() => undefined)),
    'hook of a study that is not there': async () =>
      void (await tell(lab.gateways[0]!.base, `2.25.${random.whole(1, 1e9)}`).catch(() => undefined)),
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

/** A request to Orthanc itself, past the proxy. */
export async function orthanc(
  lab: Lab,
  method: string,
  path: string,
  body?: string | Uint8Array,
): Promise<unknown> {
  const response = await fetch(`${lab.orthancUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`Orthanc answered ${response.status} to ${method}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

async function idsOf(lab: Lab, study: string, type: 'Study' | 'Patient'): Promise<string[]> {
  const found = await untilDone(() => orthanc(lab, 'POST', '/tools/lookup', study));
  const ids = (found as { ID: string; Type: string }[])
    .filter(({ Type }) => Type === 'Study')
    .map(({ ID }) => ID);
  if (type === 'Study') return ids;
  const patients = await Promise.all(
    ids.map(
      (id) =>
        untilDone(() => orthanc(lab, 'GET', `/studies/${id}/patient`)) as Promise<{ ID: string } | undefined>,
    ),
  );
  return patients.flatMap((patient) => patient?.ID ?? []);
}

async function tell(base: string, studyInstanceUid: string): Promise<void> {
  const body = JSON.stringify({ studyInstanceUid });
  const response = await fetch(`${base}/hooks/stable-study`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(5000),
  });
  await response.arrayBuffer();
}

/** Tries for two minutes, as a sender's queue does. */
async function untilDone<T>(send: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}
