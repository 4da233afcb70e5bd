import { createHash } from 'node:crypto';
import { AppError, groupBy, isUid, type Uid } from '../core/index.js';
import { addressKey, type DicomJson, numberOf, stringOf, TAG } from '../dicom/index.js';
import type { LoadedModel } from '../model/index.js';
import { classifySource } from '../routing/index.js';
import type { StudyContext } from './context.js';
import { fetchSeries } from './fetch-series.js';

/** Objects of a series that are not processed, all for the same reason. */
export interface RefusedInstances {
  readonly outcome: 'unsupported' | 'failed';
  /** As the archive names them; no UIDs where those are what is wrong. */
  readonly seriesUid: string;
  readonly instanceUids: string[];
  /** Without health data. */
  readonly reason: string;
  /** What of the catalogue it is; absent where the objects are simply none for us. */
  readonly error?: AppError | undefined;
}

/** The source instances of a study with their full metadata. */
export interface FetchedSeries {
  readonly images: DicomJson[][];
  readonly refused: RefusedInstances[];
  /** Changes when a source instance comes or goes, or when its header or anything else that shapes the result changes. */
  readonly fingerprint: string;
}

/** What a study holds for us. */
export interface FetchedStudy {
  /** Instances in the archive, of every kind. */
  readonly instances: number;
  /** Images that are not processed, by series, with the reason. Derived objects are not listed. */
  readonly refused: readonly RefusedInstances[];
  /** Rows of the listing that are segmentations or reports, ours and others'. */
  readonly derived: readonly DicomJson[];
  /**
   * Full metadata of the source instances, series by series in a fixed order, and what of them cannot be processed.
   * Fetched when called.
   */
  series(): Promise<FetchedSeries>;
}

/**
 * Lists a study in one request and tells sources from everything else by SOP class and Modality. An object that cannot be
 * named or read is refused with its reason and costs no other.
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
  const refused = refusals();
  const derived: DicomJson[] = [];
  for (const [first, ...copies] of groupBy(listing, addressKey).values()) {
    const instance = first!;
    const kind = classifySource(instance, rules);
    if (RESULTS.has(stringOf(instance, TAG.Modality))) derived.push(instance);
    if (kind.kind !== 'image' && kind.kind !== 'unsupported') continue;
    const named = identify(instance);
    if (kind.kind === 'unsupported') {
      refused.add({ ...named, outcome: 'unsupported', reason: kind.reason });
    } else if (!isUid(named.seriesUid) || !isUid(named.instanceUid)) {
      refused.add({ ...named, ...asRefusal(invalidUid(named)) });
    } else if (copies.length > 0) {
      refused.add({ ...named, ...asRefusal(severalPatients()) });
    } else {
      const ofSeries = sources.get(named.seriesUid) ?? [];
      ofSeries.push(named.instanceUid);
      sources.set(named.seriesUid, ofSeries);
    }
  }

  return {
    instances: listing.length,
    refused: refused.all(),
    derived,
    async series() {
      const images: DicomJson[][] = [];
      const unreadable = refusals();
      for (const [seriesUid, wanted] of [...sources].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const { instances, missing } = await fetchSeries(dicomweb, study, seriesUid, wanted);
        for (const { instanceUid, error } of missing) {
          unreadable.add({ seriesUid, instanceUid, ...asRefusal(error) });
        }
        const ofSeries: DicomJson[] = [];
        for (const instance of instances) {
          const reason = noPicture(instance);
          if (reason === undefined) ofSeries.push(instance);
          else unreadable.add({ ...identify(instance), outcome: 'unsupported', reason });
        }
        // A UID may stand under several patients: no result is of more than one of them.
        images.push(...groupBy(ofSeries, (image) => stringOf(image, TAG.PatientID) ?? '').values());
      }
      const left = [...refused.all(), ...unreadable.all()].flatMap(({ instanceUids }) => instanceUids);
      const fingerprint = fingerprintOf(study, images.flat(), left, context, model);
      return { images, refused: unreadable.all(), fingerprint };
    },
  };
}

const asRefusal = (error: AppError) => ({
  outcome: error.outcome,
  reason: `${error.code}: ${error.message}`,
  error,
});

/** No address of DICOMweb names the patient: archives give neither of the objects, or any. */
const severalPatients = () =>
  new AppError('SEVERAL_PATIENTS', 'the archive has the image under several patients');

/** Modalities of what we store. */
const RESULTS: ReadonlySet<string | undefined> = new Set(['SEG', 'SR']);

/** Longest UID text that is kept of an object whose UIDs are none. */
const MAX_UID_TEXT = 128;

function identify(instance: DicomJson): { seriesUid: string; instanceUid: string } {
  const text = (tag: string) => (stringOf(instance, tag) ?? '').slice(0, MAX_UID_TEXT);
  return { seriesUid: text(TAG.SeriesInstanceUID), instanceUid: text(TAG.SOPInstanceUID) };
}

function invalidUid({ seriesUid, instanceUid }: { seriesUid: string; instanceUid: string }): AppError {
  const wrong = [
    ...(isUid(seriesUid) ? [] : ['SeriesInstanceUID']),
    ...(isUid(instanceUid) ? [] : ['SOPInstanceUID']),
  ];
  const are = wrong.length === 1 ? 'is not a DICOM UID' : 'are not DICOM UIDs';
  return new AppError(
    'INVALID_UID',
    `${wrong.join(' and ')} ${are} (digits and dots, at most 64 characters)`,
  );
}

/** Why a header describes no picture; undefined when it does. */
function noPicture(instance: DicomJson): string | undefined {
  const size = { Rows: numberOf(instance, TAG.Rows), Columns: numberOf(instance, TAG.Columns) };
  const absent = Object.entries(size).filter(([, value]) => value === undefined || value < 1);
  if (absent.length === 0) return undefined;
  return `${absent.map(([keyword]) => keyword).join(' and ')} of the image: missing or 0, so that there is no picture`;
}

/** Collects refusals: one for each series and reason. */
function refusals() {
  const kept = new Map<string, RefusedInstances>();
  return {
    add({ instanceUid, ...rest }: Omit<RefusedInstances, 'instanceUids'> & { instanceUid: string }) {
      const key = `${rest.seriesUid} ${rest.reason}`;
      const entry = kept.get(key) ?? { ...rest, instanceUids: [] };
      entry.instanceUids.push(instanceUid);
      kept.set(key, entry);
    },
    all: () => [...kept.values()],
  };
}

/** @param images their headers; `left`: UIDs of what is not processed */
function fingerprintOf(
  study: Uid,
  images: readonly DicomJson[],
  left: readonly string[],
  context: StudyContext,
  model: LoadedModel,
): string {
  const shapes = [
    study,
    images.map(headerSha256).sort(),
    [...left].sort(),
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

/** What an archive adds to a header of its own. */
const OF_THE_ARCHIVE: ReadonlySet<string> = new Set([
  TAG.InstanceAvailability,
  TAG.RetrieveURL,
  TAG.AvailableTransferSyntaxUID,
]);

/** Of a header, patient and display attributes included; what it only refers to is told by the frames. */
function headerSha256(header: DicomJson): string {
  const canonical = JSON.stringify(header, (key, value: unknown) => {
    if (OF_THE_ARCHIVE.has(key) || key === 'BulkDataURI') return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return createHash('sha256').update(canonical).digest('hex');
}
