import { fileURLToPath } from 'node:url';
import { loadModalities } from '../../src/routing/index.js';
import { type DicomJson, numberOf, stringOf, TAG } from '../../src/dicom/index.js';
import type { Uid } from '../../src/core/index.js';
import type { DicomwebClient, InstancePath } from '../../src/archive/index.js';
import { createHash } from 'node:crypto';
import type { LoadedModel } from '../../src/model/index.js';
import type { StudyContext } from '../../src/pipeline/index.js';
import { readWithDcmtk } from '../objects/seg/support/tools.js';

/** An archive in memory: it gives the sources, and of what is stored the header as DCMTK reads it. */
export interface MemoryArchive {
  readonly dicomweb: DicomwebClient;
  /** What was stored, in order. */
  readonly stored: DicomJson[];
}

export function memoryArchive(sources: readonly DicomJson[]): MemoryArchive {
  const stored: DicomJson[] = [];
  const unexpected = () => Promise.reject(new Error('not expected here'));
  const uid = (dataset: DicomJson) => stringOf(dataset, TAG.SOPInstanceUID);
  const dicomweb: DicomwebClient = {
    searchStudies: unexpected,
    studyPages: () => {
      throw new Error('not expected here');
    },
    hasStudy: unexpected,
    describeStudies: unexpected,
    findStudies: unexpected,
    bulkData: unexpected,
    rendered: unexpected,
    searchInstances: async () => [...sources, ...stored],
    seriesMetadata: async (_study, series) =>
      [...sources, ...stored].filter((dataset) => stringOf(dataset, TAG.SeriesInstanceUID) === series),
    instanceMetadata: async ({ instance }: InstancePath) =>
      [...sources, ...stored].find((dataset) => uid(dataset) === instance),
    frame: async ({ instance }) => {
      const source = sources.find((dataset) => uid(dataset) === instance)!;
      const bytes = new Uint8Array(numberOf(source, TAG.Rows)! * numberOf(source, TAG.Columns)!);
      return { bytes, transferSyntaxUid: '1.2.840.10008.1.2.1' };
    },
    store: async (_study, files) => {
      const datasets = files.map(readWithDcmtk);
      stored.push(...datasets);
      return { stored: datasets.map((dataset) => uid(dataset)!), failed: [] };
    },
  };
  return { dicomweb, stored };
}

const pictureOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const MODEL: LoadedModel = {
  name: 'ESP-MedSAM',
  version: '1.0.0',
  sha256: 'ab'.repeat(32),
  preprocessingVersion: '1',
  channels: [{ name: 'dermoscopy', index: 0, threshold: 0.5, tiles: 1, views: 1 }],
  provider: 'cpu',
  precision: 'float32',
  detector: undefined,
};

/** Everything a study needs; the engine marks the first two pixels of the second row of every frame. */
export function contextOf(archive: MemoryArchive, seg: StudyContext['settings']['seg']): StudyContext {
  const budget = { frames: 0, megapixels: 0, megabytes: 0, seconds: 0 };
  const settings = { archive: { tag: 'off' }, seg, budget } as StudyContext['settings'];
  return {
    settings,
    modalities: loadModalities(fileURLToPath(new URL('../../config/modalities.yaml', import.meta.url))),
    softwareVersion: '0.1.0',
    archive: { http: undefined as never, dicomweb: archive.dicomweb, orthanc: undefined },
    engine: {
      load: async () => MODEL,
      decode: () => Promise.reject(new Error('not expected here')),
      detect: async () => undefined,
      segment: async (picture) => {
        if (!('pixels' in picture)) throw new Error('not expected here');
        const { rows, columns } = picture.pixels;
        const mask = new Uint8Array(rows * columns).fill(1, columns, columns + 2);
        return { mask, positivePixels: 2, meanProbability: 0.9, pictureSha256: pictureOf(picture.bytes) };
      },
      state: () => undefined,
      pid: () => undefined,
      close: async () => undefined,
    },
    lastAttempt: true,
    note: async () => undefined,
  };
}

/** A dermoscopic image, as its header says. */
export const DERMOSCOPIC: DicomJson = {
  '00081030': { vr: 'LO', Value: ['Dermoscopy of a skin lesion'] },
  '00280002': { vr: 'US', Value: [1] },
  '00280004': { vr: 'CS', Value: ['MONOCHROME2'] },
  '00280100': { vr: 'US', Value: [8] },
  '00280101': { vr: 'US', Value: [8] },
  '00280102': { vr: 'US', Value: [7] },
  '00280103': { vr: 'US', Value: [0] },
};

export const STUDY = '1.2.3.4' as Uid;
