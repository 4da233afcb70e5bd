import type { UnitResult } from '../core/index.js';
import { type DicomJson, stringOf, TAG } from '../dicom/index.js';

/** A SEG or report of ours that lies in a study and is none of its present results; or both of one unit. */
export interface Leftover extends Omit<UnitResult, 'outcome'> {
  /** Why it is none of them, as the last run found: a sentence each, without the patient. */
  readonly whyLeft?: readonly string[] | undefined;
}

/**
 * Objects of a study that are none of its present results.
 * @param derived rows of the study's listing that are segmentations or reports, whoever made them
 */
export function besides(derived: readonly DicomJson[], units: readonly UnitResult[]): DicomJson[] {
  const current = new Set(
    units.flatMap(({ segInstanceUid, srInstanceUid }) => [segInstanceUid, srInstanceUid]),
  );
  return derived.filter((row) => !current.has(stringOf(row, TAG.SOPInstanceUID)));
}

/**
 * What earlier runs knew, as far as the archive still has it, with what was found of it, and then what was found besides.
 * @param others what the archive lists that is none of the present results; see `besides`
 * @param known results of earlier runs, superseded or not
 * @param found objects of ours among `others`, one each
 */
export function leftInArchive(
  others: readonly DicomJson[],
  known: readonly Leftover[],
  found: readonly Leftover[] = [],
): Leftover[] {
  const there = new Set(others.map((row) => stringOf(row, TAG.SOPInstanceUID)));
  const left = known.flatMap((unit) => {
    const kept = onlyThere(unit, there);
    return kept ? [withWhyLeft(kept, found)] : [];
  });
  const names = new Set(left.flatMap(uidsOf));
  return [...left, ...found.filter((one) => !uidsOf(one).some((uid) => names.has(uid)))];
}

/** UIDs of the objects of a unit. */
export const uidsOf = ({ segInstanceUid, srInstanceUid }: Leftover): string[] =>
  [segInstanceUid, srInstanceUid].filter((uid) => uid !== undefined);

/** A unit without what the archive does not list; undefined when nothing is left of it. */
export function onlyThere(
  { segSeriesUid, segInstanceUid, segSha256, srSeriesUid, srInstanceUid, srSha256, ...unit }: Leftover,
  there: ReadonlySet<string | undefined>,
): Leftover | undefined {
  const hasSeg = segInstanceUid !== undefined && there.has(segInstanceUid);
  const hasReport = srInstanceUid !== undefined && there.has(srInstanceUid);
  if (!hasSeg && !hasReport) return undefined;
  return {
    ...unit,
    ...(hasSeg && { segSeriesUid, segInstanceUid, segSha256 }),
    ...(hasReport && { srSeriesUid, srInstanceUid, srSha256 }),
  };
}

/** Why it is left is news at every run: the images may have got another patient. */
function withWhyLeft(unit: Leftover, found: readonly Leftover[]): Leftover {
  const uids = uidsOf(unit);
  const now = found.filter((one) => uidsOf(one).some((uid) => uids.includes(uid)));
  if (now.length === 0) return unit;
  return { ...unit, whyLeft: [...new Set(now.flatMap(({ whyLeft = [] }) => whyLeft))] };
}
