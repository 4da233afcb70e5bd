import { AppError, isUid, type Uid, type UnitResult } from '../core/index.js';
import type { Archive } from '../archive/index.js';
import { contentSha256 } from '../objects/index.js';
import { middleFrame } from './decide-unit.js';
import type { DisplayUnit } from './display-unit.js';
import { type FrameSource, openFrames } from './frame-source.js';
import { readResult } from './read-result.js';
import { placesOf } from './segment-frames.js';
import type { Leftover } from './superseded.js';
import { unitIdentity } from './unit-identity.js';

/** What the last finished run of a study saw and gave. */
export interface PreviousRun {
  /** Undefined where the study is to be processed whatever it shows. */
  readonly fingerprint: string | undefined;
  readonly units: readonly UnitResult[];
  /** Superseded results that the archive had then. */
  readonly leftovers: readonly Leftover[];
}

/** What an earlier run gave for the same images as a unit's. */
export function earlierResult(
  study: Uid,
  unit: DisplayUnit,
  units: readonly UnitResult[],
): UnitResult | undefined {
  const key = unitIdentity(study, unit).sourceInstanceUids.join();
  return units.find(({ sourceInstanceUids }) => sourceInstanceUids.join() === key);
}

/**
 * Looks whether units still are what an earlier run made of them: their frames have the same bytes, and their results are
 * in the archive with the same content. Nothing is computed for it, but every frame is fetched: a header does not tell
 * whether its pixels were exchanged.
 * @throws AppError of the archive as a whole
 */
export async function isUnchanged(
  study: Uid,
  units: readonly DisplayUnit[],
  archive: Pick<Archive, 'dicomweb'>,
  before: readonly UnitResult[],
): Promise<boolean> {
  for (const unit of units) {
    const earlier = earlierResult(study, unit, before);
    if (!earlier) return false;
    // What is asked for least comes first.
    if (!(await hasResults(study, archive, earlier))) return false;
    const frames = openFrames(study, unit, archive.dicomweb);
    if ((await pixelsNow(unit, earlier, frames)) !== earlier.pixelsSha256) return false;
  }
  return true;
}

async function hasResults(
  study: Uid,
  archive: Pick<Archive, 'dicomweb'>,
  unit: UnitResult,
): Promise<boolean> {
  if (unit.outcome !== 'segmented') return true;
  const reported = unit.srInstanceUid !== undefined;
  return (
    (await hasResult(study, archive, unit.segSeriesUid, unit.segInstanceUid, unit.segSha256)) &&
    (!reported || (await hasResult(study, archive, unit.srSeriesUid, unit.srInstanceUid, unit.srSha256)))
  );
}

async function hasResult(
  study: Uid,
  { dicomweb }: Pick<Archive, 'dicomweb'>,
  series: string | undefined,
  instance: string | undefined,
  sha256: string | undefined,
): Promise<boolean> {
  if (!isUid(series) || !isUid(instance) || sha256 === undefined) return false;
  const found = await readResult(dicomweb, { study, series, instance });
  return found !== undefined && contentSha256(found) === sha256;
}

async function pixelsNow(
  unit: DisplayUnit,
  { outcome, pixelsSha256 }: UnitResult,
  frames: FrameSource,
): Promise<string | undefined> {
  const wholly = outcome === 'segmented' || outcome === 'empty';
  if (!wholly && pixelsSha256 === undefined) return undefined;
  for (const place of wholly ? placesOf(unit, () => true) : [middleFrame(unit)]) {
    await frames.look(place).catch((error: unknown) => {
      // A frame that the header promises and the archive does not have was none before either.
      if (!(error instanceof AppError) || error.code !== 'ARCHIVE_REFUSED') throw error;
    });
  }
  return frames.pixelsSha256();
}
