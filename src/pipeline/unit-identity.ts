import { parseUid, type Uid } from '../core/index.js';
import { type DicomJson, stringOf, TAG } from '../dicom/index.js';
import type { InstancePath } from '../archive/index.js';
import type { DisplayUnit } from './display-unit.js';

/** Which series and instances a unit is made of, as results name it. */
export function unitIdentity(
  study: Uid,
  unit: DisplayUnit,
): { sourceSeriesUid: string; sourceInstanceUids: readonly string[] } {
  const paths = unit.sources.map((source) => instancePath(study, source));
  return { sourceSeriesUid: paths[0]!.series, sourceInstanceUids: paths.map((path) => path.instance) };
}

/** Where a source instance is in the archive. @throws AppError `INVALID_UID` */
export function instancePath(study: Uid, source: DicomJson): InstancePath {
  return {
    study,
    series: parseUid(stringOf(source, TAG.SeriesInstanceUID), 'SeriesInstanceUID of a source'),
    instance: parseUid(stringOf(source, TAG.SOPInstanceUID), 'SOPInstanceUID of a source'),
  };
}
