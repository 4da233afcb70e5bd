import { randomBytes } from 'node:crypto';
import {
  boundaryOf,
  copyKey,
  type DicomJson,
  EXPLICIT_VR_LITTLE_ENDIAN,
  joinDicomParts,
  numberOf,
  splitMultipart,
  stringOf,
  TAG,
} from '../dicom/index.js';
import { AppError, type Uid } from '../core/index.js';
import { jsonOf, type ArchiveHttp } from './http.js';
import type { ArchiveOperation } from './operations.js';
import { readStowResponse, type StowResult } from './stow-response.js';

/** Where an instance is. */
export interface InstancePath {
  readonly study: Uid;
  readonly series: Uid;
  readonly instance: Uid;
}

/** What studies are looked for by; all that is given must hold. */
export interface StudyMatch {
  readonly accessionNumber?: string;
  readonly patientId?: string;
  readonly description?: string;
  readonly stationName?: string;
  /** A day or a range as DA: `20260101-20260131`. */
  readonly studyDate?: string;
}

/** One frame as the archive sent it. */
export interface RetrievedFrame {
  readonly bytes: Uint8Array;
  /** Undefined when the archive does not name it. */
  readonly transferSyntaxUid: string | undefined;
}

/** A part of the archive's study list. */
export interface StudyPage {
  readonly studies: readonly DicomJson[];
  /** Rows of the whole list up to the end of this page: where the next one begins. */
  readonly end: number;
}

/** First and last day of StudyDate, `YYYY-MM-DD`. */
export interface StudyDates {
  readonly from: string;
  readonly to: string;
}

/** The DICOMweb services that we use (PS3.18). */
export interface DicomwebClient {
  /** QIDO-RS: one page of studies. @param page.studyDate first and last day, `YYYY-MM-DD` */
  searchStudies(page: { limit: number; offset: number; studyDate?: StudyDates }): Promise<DicomJson[]>;
  /**
   * QIDO-RS: the study list page by page, whole however few rows the archive gives at a time.
   * @param query.offset rows to leave out at the beginning
   * @throws AppError `ARCHIVE_BAD_ANSWER` when the archive says that there is more and does not give it
   */
  studyPages(query: { studyDate?: StudyDates; offset?: number }): AsyncGenerator<StudyPage>;
  /**
   * QIDO-RS: what studies are, for people: their series, with what is said of the studies.
   * @param uids 100 at most, in one request (a list of UIDs, PS3.4 §C.2.2.2.2)
   */
  describeStudies(uids: readonly Uid[]): Promise<DicomJson[]>;
  /**
   * QIDO-RS: StudyInstanceUIDs by what people know of studies, page by page.
   * @param match attributes as PS3.4 §C.2.2.2 matches them: `*` is any text, dates may be ranges
   * @returns as many as the archive gave for the page; several where several series of a study match
   */
  findStudies(match: StudyMatch, page: { limit: number; offset: number }): Promise<string[]>;
  /**
   * QIDO-RS: every instance of a study, with what tells sources from derived objects.
   * @throws AppError `ARCHIVE_BAD_ANSWER` when the archive says that there are more and does not give them
   */
  searchInstances(study: Uid): Promise<DicomJson[]>;
  /** Whether QIDO-RS knows a study. An archive that does not search by StudyInstanceUID knows every one. */
  hasStudy(study: Uid): Promise<boolean>;
  /** WADO-RS metadata of a study's instances in one series. */
  seriesMetadata(study: Uid, series: Uid): Promise<DicomJson[]>;
  /** WADO-RS metadata of one instance; undefined when the archive has none. */
  instanceMetadata(path: InstancePath): Promise<DicomJson | undefined>;
  /** WADO-RS: one frame (1-based) as stored, or transcoded to Explicit VR Little Endian. */
  frame(path: InstancePath, frameNumber: number, form: 'as-stored' | 'uncompressed'): Promise<RetrievedFrame>;
  /**
   * WADO-RS: `count` frames from `first` (1-based) on, as stored, in their order; only of an archive of which that is known.
   * @throws AppError `ARCHIVE_BAD_ANSWER` when it gives more or fewer
   */
  framesFrom?(path: InstancePath, first: number, count: number): Promise<RetrievedFrame[]>;
  /**
   * WADO-RS: one frame (1-based) as PNG, as a viewer would show it; undefined when the archive does not render it.
   * @param viewport size in pixels; an archive may ignore it
   */
  rendered(
    path: InstancePath,
    frameNumber: number,
    viewport?: { width: number; height: number },
  ): Promise<Uint8Array | undefined>;
  /** Bulk data by the URI that the metadata named. */
  bulkData(uri: string): Promise<Uint8Array>;
  /** STOW-RS. */
  store(study: Uid, files: readonly Uint8Array[]): Promise<StowResult>;
}

const DICOM_JSON = { accept: 'application/dicom+json' };
const INSTANCE_PAGE = 1000;
const STUDY_PAGE = 500;
/** What tells people which study it is. */
const DESCRIBING = [
  TAG.StudyInstanceUID,
  TAG.Modality,
  TAG.StudyDate,
  TAG.StudyDescription,
  TAG.StationName,
  TAG.AccessionNumber,
  TAG.PatientID,
];

/**
 * A DICOMweb client on one archive.
 * @param known what is known of the archive; `ordersFrames`: several frames come in the order in which they were asked for
 */
export function openDicomwebClient(
  http: ArchiveHttp,
  root: string,
  known: { readonly ordersFrames: boolean },
): DicomwebClient {
  const pathOf = ({ study, series, instance }: InstancePath) =>
    `${root}/studies/${study}/series/${series}/instances/${instance}`;

  async function list(url: string, what: ArchiveOperation, accept: number[] = []): Promise<DicomJson[]> {
    return (await listPage(url, what, accept)).rows;
  }

  /** @returns `cut`: the archive says that it left rows out (PS3.18 §8.3.4.4) */
  async function listPage(
    url: string,
    what: ArchiveOperation,
    accept: number[] = [],
  ): Promise<{ rows: DicomJson[]; cut: boolean }> {
    const response = await http.send(url, what, { headers: DICOM_JSON, accept });
    if (response.status >= 400) return { rows: [], cut: false };
    const answer = jsonOf(response, what);
    if (!Array.isArray(answer)) throw new AppError('ARCHIVE_BAD_ANSWER', `${what}: the answer is not a list`);
    // What is no data set tells nothing, and shall not cost those beside it.
    const rows = answer.filter((item): item is DicomJson => typeof item === 'object' && item !== null);
    return { rows, cut: /^\s*299\b/.test(response.warning) };
  }

  function studies(query: { limit: number; offset: number; studyDate?: StudyDates }) {
    const { limit, offset, studyDate } = query;
    const days = studyDate ? `&StudyDate=${dicomDate(studyDate.from)}-${dicomDate(studyDate.to)}` : '';
    const page = `limit=${limit}&offset=${offset}&includefield=${TAG.NumberOfStudyRelatedInstances}`;
    return listPage(`${root}/studies?${page}${days}`, 'QIDO studies');
  }

  async function retrieveFrames(
    path: InstancePath,
    numbers: string,
    syntax: string,
  ): Promise<RetrievedFrame[]> {
    const response = await http.send(`${pathOf(path)}/frames/${numbers}`, 'WADO frame', {
      headers: { accept: `multipart/related; type="application/octet-stream"; transfer-syntax=${syntax}` },
    });
    return splitMultipart(response.body, boundaryOf(response.contentType)).map(({ headers, body }) => {
      // Some archives name the syntax on the part, Orthanc 1.10 on the whole answer.
      const named = `${headers['content-type'] ?? ''};${response.contentType}`;
      return { bytes: body, transferSyntaxUid: /transfer-syntax="?([0-9.]+)/.exec(named)?.[1] };
    });
  }

  /** How many instances the archive says a study has; undefined where it does not tell. */
  async function instancesOf(study: Uid): Promise<number | undefined> {
    const query = `StudyInstanceUID=${study}&includefield=${TAG.NumberOfStudyRelatedInstances}`;
    const found = await list(`${root}/studies?${query}`, 'QIDO studies', [400, 404]);
    return studyInstances(found.filter((entry) => stringOf(entry, TAG.StudyInstanceUID) === study));
  }

  return {
    searchStudies: async (query) => (await studies(query)).rows,

    async *studyPages({ studyDate, offset = 0 }) {
      const pages = allPages(
        (at) => studies({ limit: STUDY_PAGE, offset: at, ...(studyDate ? { studyDate } : {}) }),
        (study) => stringOf(study, TAG.StudyInstanceUID) ?? '',
        offset,
      );
      for await (const { rows, end } of pages) yield { studies: rows, end };
    },

    async hasStudy(study) {
      const found = await list(`${root}/studies?StudyInstanceUID=${study}&limit=1`, 'QIDO studies');
      return found.length > 0;
    },

    describeStudies(uids) {
      if (uids.length === 0) return Promise.resolve([]);
      const fields = DESCRIBING.map((tag) => `includefield=${tag}`).join('&');
      // Of series, because the station stands there; Orthanc does not tell it of studies.
      return list(`${root}/series?${TAG.StudyInstanceUID}=${uids.join(',')}&${fields}`, 'QIDO series');
    },

    async findStudies(match, { limit, offset }) {
      const pairs: [string, string | undefined][] = [
        [TAG.AccessionNumber, match.accessionNumber],
        [TAG.PatientID, match.patientId],
        [TAG.StudyDescription, match.description],
        [TAG.StationName, match.stationName],
        [TAG.StudyDate, match.studyDate],
      ];
      const query = pairs.flatMap(([tag, value]) => (value ? [`&${tag}=${encodeURIComponent(value)}`] : []));
      const level = match.stationName === undefined ? 'studies' : 'series';
      const page = `limit=${limit}&offset=${offset}&includefield=${TAG.StudyInstanceUID}`;
      const found = await list(`${root}/${level}?${page}${query.join('')}`, 'QIDO studies');
      return found.flatMap((one) => stringOf(one, TAG.StudyInstanceUID) ?? []);
    },

    async searchInstances(study) {
      const fields = [TAG.PatientID, TAG.SOPClassUID, TAG.SeriesInstanceUID, TAG.Modality, TAG.NumberOfFrames]
        .map((tag) => `includefield=${tag}`)
        .join('&');
      const pageAt = (offset: number) =>
        listPage(
          `${root}/studies/${study}/instances?limit=${INSTANCE_PAGE}&offset=${offset}&${fields}`,
          'QIDO instances',
          [404],
        );
      const found = new Map<string, DicomJson>();
      let stated: number | undefined;
      for await (const { rows, cut } of allPages(pageAt, copyKey)) {
        for (const instance of rows) found.set(copyKey(instance), instance);
        // Asked after the list, so that an instance that arrives in between is missed by neither.
        if (!cut && rows.length < INSTANCE_PAGE) stated ??= await instancesOf(study);
        if (stated !== undefined && found.size >= stated) break;
      }
      if (found.size > 0) stated ??= await instancesOf(study);
      if (stated !== undefined && found.size < stated) {
        throw incomplete(
          'QIDO instances',
          `${found.size} of the ${stated} instances that it says the study has`,
        );
      }
      return [...found.values()];
    },

    seriesMetadata: (study, series) =>
      list(`${root}/studies/${study}/series/${series}/metadata`, 'WADO metadata'),

    async instanceMetadata(path) {
      return (await list(`${pathOf(path)}/metadata`, 'WADO metadata', [404]))[0];
    },

    async frame(path, frameNumber, form) {
      const syntax = form === 'as-stored' ? '*' : EXPLICIT_VR_LITTLE_ENDIAN;
      const [frame] = await retrieveFrames(path, String(frameNumber), syntax);
      if (!frame) throw new AppError('ARCHIVE_BAD_ANSWER', 'WADO frame: the answer has no part');
      return frame;
    },

    ...(known.ordersFrames && {
      async framesFrom(path: InstancePath, first: number, count: number) {
        const numbers = Array.from({ length: count }, (_, i) => first + i).join();
        const found = await retrieveFrames(path, numbers, '*');
        if (found.length === count) return found;
        throw new AppError('ARCHIVE_BAD_ANSWER', `WADO frame: ${found.length} parts for ${count} frames`);
      },
    }),

    async rendered(path, frameNumber, viewport) {
      const size = viewport ? `?viewport=${viewport.width},${viewport.height}` : '';
      const url = `${pathOf(path)}/frames/${frameNumber}/rendered${size}`;
      const response = await http.send(url, 'WADO rendered', {
        headers: { accept: 'image/png' },
        accept: [400, 404, 406, 415, 501],
      });
      return response.status >= 400 ? undefined : response.body;
    },

    async bulkData(uri) {
      const url = sameRoot(uri, root);
      const response = await http.send(url, 'WADO bulk data', {
        headers: { accept: 'multipart/related; type="application/octet-stream"' },
      });
      if (!response.contentType.startsWith('multipart/')) return response.body;
      const part = splitMultipart(response.body, boundaryOf(response.contentType))[0];
      if (!part) throw new AppError('ARCHIVE_BAD_ANSWER', 'WADO bulk data: the answer has no part');
      return part.body;
    },

    async store(study, files) {
      const boundary = `esp-${randomBytes(16).toString('hex')}`;
      const response = await http.send(`${root}/studies/${study}`, 'STOW', {
        method: 'POST',
        headers: {
          accept: 'application/dicom+json',
          'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
        },
        body: joinDicomParts(files, boundary),
        accept: [409],
      });
      return readStowResponse(jsonOf(response, 'STOW'));
    },
  };
}

/**
 * A bulk data URI comes from metadata, so from whoever sent the study: credentials follow it only to the archive
 * itself. An archive builds it from the host it was asked under, or from its own behind a proxy that puts a prefix before
 * the path: what follows `/studies/` is what counts.
 */
function sameRoot(uri: string, root: string): string {
  const base = new URL(`${root}/`);
  const target = new URL(uri, base);
  const path = target.pathname;
  if (path.startsWith(base.pathname)) return `${base.origin}${path}${target.search}`;
  const resource = /\/studies\/[0-9.]+\/.*/.exec(path)?.[0];
  if (resource === undefined) {
    throw new AppError('ARCHIVE_BAD_ANSWER', 'A bulk data URI points outside the archive');
  }
  return `${root}${resource}${target.search}`;
}

/**
 * All pages of a list. An archive may give fewer rows than asked for, with a warning or without: the list ends with a page
 * that brings nothing new. One that ignores `offset` sends its first page again.
 * @throws AppError `ARCHIVE_BAD_ANSWER` when it says that there is more and gives nothing new
 */
async function* allPages(
  pageAt: (offset: number) => Promise<{ rows: DicomJson[]; cut: boolean }>,
  keyOf: (row: DicomJson) => string,
  offset = 0,
): AsyncGenerator<{ rows: DicomJson[]; cut: boolean; end: number }> {
  const known = new Set<string>();
  for (let at = offset; ;) {
    const { rows, cut } = await pageAt(at);
    const fresh = rows.filter((row) => !known.has(keyOf(row)));
    if (fresh.length === 0) {
      if (cut && rows.length > 0)
        throw incomplete('QIDO', 'a part of the list, and the same part for every offset');
      return;
    }
    for (const row of fresh) known.add(keyOf(row));
    at += rows.length;
    yield { rows: fresh, cut, end: at };
  }
}

function incomplete(what: string, given: string): AppError {
  return new AppError('ARCHIVE_BAD_ANSWER', `${what}: the archive gives ${given}`);
}

/** `YYYY-MM-DD` as DA. */
const dicomDate = (day: string) => day.replaceAll('-', '');

/**
 * NumberOfStudyRelatedInstances of a study, when the archive tells it.
 * @param rows of QIDO for that study: one, or one for each patient under whom its UID stands
 */
export function studyInstances(rows: readonly DicomJson[]): number | undefined {
  const byPatient = new Map(
    rows.map((row) => [stringOf(row, TAG.PatientID) ?? '', numberOf(row, TAG.NumberOfStudyRelatedInstances)]),
  );
  let sum: number | undefined;
  for (const count of byPatient.values()) {
    if (count === undefined) return undefined;
    sum = (sum ?? 0) + count;
  }
  return sum;
}
