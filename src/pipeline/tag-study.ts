import type { Settings } from '../config/index.js';
import { type AppError, type Outcome, toAppError, type Uid, type UnitResult } from '../core/index.js';
import type { OrthancClient } from '../archive/index.js';

type TagSettings = Pick<Settings['archive'], 'tag' | 'metadataKey'>;

const LABEL_PREFIX = 'esp-';
/** On studies that a person should look at, whatever their outcome. */
const NEEDS_REVIEW = 'needs-review';

/** What became of a tag. */
export interface Tagging {
  /** The tag that the study has now: an earlier one, where the archive refused this one; undefined when none is known. */
  readonly tag: string | undefined;
  /** Why the archive did not take this one: results are stored and verified by now, and none is lost by it. */
  readonly refused?: AppError;
}

/**
 * Puts the detected modality and the outcome on the study in Orthanc: as labels (`esp-dermoscopy`,
 * `esp-segmented`) where the server keeps labels, else as user-defined metadata (`dermoscopy:segmented`); with `needs-review` when
 * the model is not sure enough of a result.
 * Labels of an earlier run are taken off; other people's labels stay. A UID that stands under several patients is several studies
 * there: each gets the tag.
 * @param lastAttempt no other try follows that an archive which is away could be waited for with
 * @throws AppError of an archive that is away, unless at the last attempt: one that does not answer, or that refuses the tag and
 * does not tell the earlier one either
 */
export async function tagStudy(
  orthanc: OrthancClient | undefined,
  settings: TagSettings,
  study: Uid,
  outcome: Outcome,
  units: readonly UnitResult[],
  lastAttempt = false,
): Promise<Tagging> {
  try {
    return { tag: await putTag(orthanc, settings, study, outcome, units) };
  } catch (thrown) {
    const refused = toAppError(thrown);
    // One that does not answer at all is not asked for more.
    const earlier = refused.scope === 'unit' ? readTag(orthanc, settings, study) : Promise.reject(refused);
    const tag = await earlier.catch((away: unknown) => {
      if (!lastAttempt) throw away;
      return undefined;
    });
    return { tag, refused };
  }
}

/** The tag of an earlier run that the archive has. */
async function readTag(
  orthanc: OrthancClient | undefined,
  settings: TagSettings,
  study: Uid,
): Promise<string | undefined> {
  const [id] = (await orthanc?.studyIds(study)) ?? [];
  if (!orthanc || id === undefined) return undefined;
  if (!(await keepsLabels(orthanc, settings))) return orthanc.metadata(id, settings.metadataKey);
  const labels = (await orthanc.labels(id)).filter((label) => label.startsWith(LABEL_PREFIX));
  return labels.length === 0 ? undefined : labels.join(' ');
}

const keepsLabels = async (orthanc: OrthancClient, { tag }: TagSettings): Promise<boolean> =>
  tag === 'auto' ? (await orthanc.system()).labels : tag === 'labels';

async function putTag(
  orthanc: OrthancClient | undefined,
  settings: TagSettings,
  study: Uid,
  outcome: Outcome,
  units: readonly UnitResult[],
): Promise<string | undefined> {
  if (!orthanc || settings.tag === 'off') return undefined;
  // What does not depend on each other is asked for at once: a tag is put on at the end of every study.
  const [ids, hasLabels] = await Promise.all([orthanc.studyIds(study), keepsLabels(orthanc, settings)]);
  if (ids.length === 0) return undefined;
  const channels = [...new Set(units.flatMap((unit) => unit.channel ?? []))].sort();
  const review = units.some(({ quality }) => quality?.review === true) ? [NEEDS_REVIEW] : [];
  if (!hasLabels) {
    const value = [...(channels.length > 0 ? [channels.join('+')] : []), outcome, ...review].join(':');
    await Promise.all(ids.map((id) => orthanc.setMetadata(id, settings.metadataKey, value)));
    return value;
  }
  const wanted = [...channels, outcome, ...review].map((word) => `${LABEL_PREFIX}${word}`);
  await Promise.all(ids.map((id) => putLabels(orthanc, id, wanted)));
  return wanted.join(' ');
}

async function putLabels(orthanc: OrthancClient, id: string, wanted: readonly string[]): Promise<void> {
  const add = Promise.all(wanted.map((label) => orthanc.addLabel(id, label)));
  const [labels] = await Promise.all([orthanc.labels(id), add]);
  // Only now: where the archive refuses the new ones, the earlier ones stay.
  const gone = labels.filter((label) => label.startsWith(LABEL_PREFIX) && !wanted.includes(label));
  await Promise.all(gone.map((label) => orthanc.removeLabel(id, label)));
}
