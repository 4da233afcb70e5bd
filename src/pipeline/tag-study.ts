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
  const id = await orthanc.studyId(study);
  if (id === undefined) return undefined;
  const channels = [...new Set(units.flatMap((unit) => unit.channel ?? []))].sort();
  const review = units.some(({ quality }) => quality?.review === true) ? [NEEDS_REVIEW] : [];
  const useLabels = settings.tag === 'labels' || (settings.tag === 'auto' && (await orthanc.system()).labels);
  if (!useLabels) {
    const value = [...(channels.length > 0 ? [channels.join('+')] : []), outcome, ...review].join(':');
    await orthanc.setMetadata(id, settings.metadataKey, value);
    return value;
  }
  const wanted = [...channels, outcome, ...review].map((word) => `${LABEL_PREFIX}${word}`);
  for (const label of wanted) await orthanc.addLabel(id, label);
  for (const label of await orthanc.labels(id)) {
    if (label.startsWith(LABEL_PREFIX) && !wanted.includes(label)) await orthanc.removeLabel(id, label);
  }
  return wanted.join(' ');
}
