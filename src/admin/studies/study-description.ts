import { z } from 'zod';
import { type Caller, levelOf, type Uid } from '../../core/index.js';
import type { Archive } from '../../archive/index.js';
import { type DicomJson, stringOf, stringsOf, TAG } from '../../dicom/index.js';

/**
 * What the console may show of a study beyond our own record, by role. It is read from the archive when somebody looks
 * and kept nowhere of ours; docs/privacy.md says the same in words.
 */
export const studyDescription = z
  .object({
    studyInstanceUid: z.string(),
    modalities: z.array(z.string()).describe('of its series, those of results apart'),
    studyDate: z.string().optional().describe('YYYY-MM-DD'),
    description: z.string().optional().describe('Study Description'),
    station: z.string().optional().describe('Station Name, where the archive tells it'),
    accessionNumber: z.string().optional().describe('for operators and administrators only'),
    patientId: z.string().optional().describe('for operators and administrators only'),
  })
  .meta({ id: 'StudyDescription', description: 'what the archive says of a study, read when asked' });

export type StudyDescription = z.infer<typeof studyDescription>;

/** Whether a caller may see, and search by, what identifies a patient. */
export const maySeeIdentity = (caller: Pick<Caller, 'scopes'>): boolean =>
  ['operator', 'admin'].includes(levelOf(caller) ?? '');

/** The series of a study, as QIDO-RS gives them, as the caller may see the study. */
export function describeStudy(series: readonly DicomJson[], actor: Pick<Caller, 'scopes'>): StudyDescription {
  const all = (tag: string) => [...new Set(series.flatMap((one) => stringsOf(one, tag)))];
  const [date] = all(TAG.StudyDate);
  return {
    studyInstanceUid: all(TAG.StudyInstanceUID)[0] ?? '',
    modalities: all(TAG.Modality).filter((modality) => !OWN_MODALITIES.has(modality)),
    studyDate:
      date && /^\d{8}$/.test(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : undefined,
    description: all(TAG.StudyDescription)[0],
    station: all(TAG.StationName).join(', ') || undefined,
    ...(maySeeIdentity(actor)
      ? { accessionNumber: all(TAG.AccessionNumber)[0], patientId: all(TAG.PatientID)[0] }
      : {}),
  };
}

/** Of results and reports: they do not say what the study is. */
const OWN_MODALITIES: ReadonlySet<string> = new Set(['SEG', 'SR']);
const BATCH = 100;

/** What studies are, by one question to the archive a hundred. Those that it does not have are left out. */
export async function describeStudies(
  archive: Archive,
  uids: readonly Uid[],
  actor: Pick<Caller, 'scopes'>,
): Promise<StudyDescription[]> {
  const wanted = new Set<string>(uids);
  const answers: StudyDescription[] = [];
  for (let at = 0; at < uids.length; at += BATCH) {
    const byStudy = new Map<string, DicomJson[]>();
    for (const series of await archive.dicomweb.describeStudies(uids.slice(at, at + BATCH))) {
      const uid = stringOf(series, TAG.StudyInstanceUID) ?? '';
      // An archive that does not know lists of UIDs answers with other studies.
      if (wanted.has(uid)) byStudy.set(uid, [...(byStudy.get(uid) ?? []), series]);
    }
    for (const series of byStudy.values()) answers.push(describeStudy(series, actor));
  }
  return answers;
}
