import type { Settings } from '../config/index.js';
import { AppError, type Outcome, type Uid, type UnitResult } from '../core/index.js';
import type { OrthancClient } from '../archive/index.js';

type TagSettings = Pick<Settings['archive'], 'tag' | 'metadataKey'>;

const LABEL_PREFIX = 'esp-';
/** On studies that a person should look at, whatever their outcome. */
const NEEDS_REVIEW = 'needs-review';

/**
 * Puts the detected modality and the outcome on the study in Orthanc: as labels (`esp-dermoscopy`,
 * `esp-segmented`) where the server keeps labels, else as user-defined metadata (`dermoscopy:segmented`); with `needs-review` when
 * the model is not sure enough of a result.
 * Labels of an earlier run are taken off; other people's labels stay.
 * @param refused called when the archive does not take the tag: the results are stored, and none is lost by it. Without it,
 *   and when it throws, the error is thrown
 * @returns the tag as the ledger shows it, or undefined when the archive takes none
 */
export async function tagStudy(
  orthanc: OrthancClient | undefined,
  settings: TagSettings,
  study: Uid,
  outcome: Outcome,
  units: readonly UnitResult[],
  refused?: (error: AppError) => Promise<void>,
): Promise<string | undefined> {
  try {
    return await putTag(orthanc, settings, study, outcome, units);
  } catch (error) {
    if (refused === undefined || !(error instanceof AppError)) throw error;
    await refused(error);
    return undefined;
  }
}

async function putTag(
  orthanc: OrthancClient | undefined,
  settings: TagSettings,
  study: Uid,
  outcome: Outcome,
  units: readonly UnitResult[],
): Promise<string | undefined> {
  if (!orthanc || settings.tag === 'off') return undefined;
  // What does not depend on each other is asked for at once: a tag is put on at the end of every study.
  const [id, keepsLabels] = await Promise.all([
    orthanc.studyId(study),
    settings.tag === 'auto' ? orthanc.system().then(({ labels }) => labels) : settings.tag === 'labels',
  ]);
  if (id === undefined) return undefined;
  const channels = [...new Set(units.flatMap((unit) => unit.channel ?? []))].sort();
  const review = units.some(({ quality }) => quality?.review === true) ? [NEEDS_REVIEW] : [];
  if (!keepsLabels) {
    const value = [...(channels.length > 0 ? [channels.join('+')] : []), outcome, ...review].join(':');
    await orthanc.setMetadata(id, settings.metadataKey, value);
    return value;
  }
  const wanted = [...channels, outcome, ...review].map((word) => `${LABEL_PREFIX}${word}`);
  const takeOffOthers = async () => {
    const earlier = (await orthanc.labels(id)).filter((label) => label.startsWith(LABEL_PREFIX));
    const gone = earlier.filter((label) => !wanted.includes(label));
    await Promise.all(gone.map((label) => orthanc.removeLabel(id, label)));
  };
  await Promise.all([...wanted.map((label) => orthanc.addLabel(id, label)), takeOffOthers()]);
  return wanted.join(' ');
}
