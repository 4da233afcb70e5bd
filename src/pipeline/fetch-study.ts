import { createHash } from 'node:crypto';
import { AppError, parseUid, type Uid } from '../core/index.js';
import { type DicomJson, numberOf, stringOf, TAG } from '../dicom/index.js';
import type { LoadedModel } from '../model/index.js';
import { classifySource } from '../routing/index.js';
import type { StudyContext } from './context.js';

/** What a study holds for us. */
export interface FetchedStudy {
  /** Changes when a source instance comes or goes, or when anything that shapes the result changes. */
  readonly fingerprint: string;
  /** Instances in the archive, of every kind. */
  readonly instances: number;
  /** Images that are not processed, by series, with the reason. Derived objects are not listed. */
  readonly refused: readonly { seriesUid: Uid; instanceUids: Uid[]; reason: string }[];
  /** Full metadata of the source instances, series by series in a fixed order. Fetched when called. */
  series(): Promise<DicomJson[][]>;
}

/**
 * Lists a study in one request and tells sources from everything else by SOP class and Modality.
 * @throws AppError `STUDY_EMPTY` when the archive lists no instance
 */
export async function fetchStudy(
  study: Uid,
  context: StudyContext,
  model: LoadedModel,
): Promise<FetchedStudy> {
  const { dicomweb } = context.archive;
  const rules = context.modalities.routing;
  const listing = await dicomweb.searchInstances(study);
  if (listing.length === 0) throw new AppError('STUDY_EMPTY', 'The archive lists no instance of the study');

  const sources = new Map<Uid, Uid[]>();
  const refused = new Map<string, { seriesUid: Uid; instanceUids: Uid[]; reason: string }>();
  for (const instance of listing) {
    const seriesUid = parseUid(stringOf(instance, TAG.SeriesInstanceUID), 'SeriesInstanceUID of the listing');
    const instanceUid = parseUid(stringOf(instance, TAG.SOPInstanceUID), 'SOPInstanceUID of the listing');
    const kind = classifySource(instance, rules);
    if (kind.kind === 'image') {
      const ofSeries = sources.get(seriesUid) ?? [];
      ofSeries.push(instanceUid);
      sources.set(seriesUid, ofSeries);
    } else if (kind.kind === 'unsupported') {
      const key = `${seriesUid} ${kind.reason}`;
      const entry = refused.get(key) ?? { seriesUid, instanceUids: [], reason: kind.reason };
      entry.instanceUids.push(instanceUid);
      refused.set(key, entry);
    }
  }

  return {
    fingerprint: fingerprintOf(
      [...sources.values(), ...[...refused.values()].map((r) => r.instanceUids)].flat(),
      context,
      model,
    ),
    instances: listing.length,
    refused: [...refused.values()],
    async series() {
      const all: DicomJson[][] = [];
      for (const [seriesUid, wanted] of [...sources].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const expected = new Set<string>(wanted);
        const metadata = await dicomweb.seriesMetadata(study, seriesUid);
        // The full header can show what the listing cannot: our own mark, or a derived image.
        all.push(
          metadata.filter(
            (instance) =>
              expected.has(stringOf(instance, TAG.SOPInstanceUID) ?? '') &&
              numberOf(instance, TAG.Rows) !== undefined &&
              classifySource(instance, rules).kind !== 'own-output',
          ),
        );
      }
      return all.filter((series) => series.length > 0);
    },
  };
}

function fingerprintOf(uids: readonly string[], context: StudyContext, model: LoadedModel): string {
  const shapes = [
    [...uids].sort(),
    model.sha256,
    model.detector ?? null,
    model.preprocessingVersion,
    model.channels,
    context.modalities,
    context.settings.seg,
    context.settings.wsi,
  ];
  return createHash('sha256').update(JSON.stringify(shapes)).digest('hex');
}
