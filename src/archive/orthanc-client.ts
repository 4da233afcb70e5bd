import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError, groupBy, isUid, MANUFACTURER, type Uid } from '../core/index.js';
import { jsonOf, type ArchiveHttp } from './http.js';

const changesSchema = z.object({
  Changes: z.array(
    z.object({ ChangeType: z.string(), ResourceType: z.string(), ID: z.string(), Seq: z.number() }),
  ),
  Done: z.boolean(),
  Last: z.number(),
});

export type OrthancChanges = z.infer<typeof changesSchema>;

const systemSchema = z.object({
  Version: z.string(),
  // Since 1.12.0, when the database can.
  HasLabels: z.boolean().optional(),
  Capabilities: z.object({ HasLabels: z.boolean().optional() }).optional(),
});

const seriesSchema = z.array(
  z.object({
    ID: z.string(),
    LastUpdate: z.string().optional(),
    Instances: z.array(z.string()).default([]),
    MainDicomTags: z.object({
      SeriesInstanceUID: z.string(),
      Modality: z.string().optional(),
      Manufacturer: z.string().optional(),
    }),
  }),
);

const instancesSchema = z.array(
  z.object({
    ID: z.string(),
    FileUuid: z.string(),
    MainDicomTags: z.object({ SOPInstanceUID: z.string().optional() }),
  }),
);

/** Orthanc's own ids of an instance and of the file that holds it: whatever changes the instance makes a new file. */
export interface StoredFile {
  readonly instance: string;
  readonly file: string;
}

/** What a study holds, told apart by who made it. */
export interface OrthancStudyState {
  /**
   * Changes whenever an instance is stored, or a series comes or goes; results of ours do not count. Of its own at every look
   * within a second of a change: Orthanc tells the time of a change in whole seconds.
   */
  readonly sources: string;
  /** SeriesInstanceUIDs of our results. */
  readonly results: readonly string[];
}

/** The parts of Orthanc's REST API that DICOMweb does not offer. */
export interface OrthancClient {
  /** Version, and whether the server keeps labels (1.12.0 and later, when its database can). */
  system(): Promise<{ version: string; labels: boolean }>;
  /** Changes after `since`, oldest first. */
  changes(since: number, limit: number): Promise<OrthancChanges>;
  /** Number of the newest change; undefined when there was none yet. */
  lastChange(): Promise<number | undefined>;
  /** StudyInstanceUID of a study or series by Orthanc's own id, as it stands there; undefined when it is gone. */
  studyUidOf(level: 'studies' | 'series', id: string): Promise<string | undefined>;
  /** Orthanc's own ids of a study: several, where its UID stands under several patients. */
  studyIds(uid: Uid): Promise<string[]>;
  /** The studies that have at least one of the labels. */
  studiesWithLabels(labels: readonly string[]): Promise<Uid[]>;
  /** What a study holds now, without its images being read; undefined when Orthanc does not have it. */
  studyState(uid: Uid): Promise<OrthancStudyState | undefined>;
  /** The files that hold a study's instances now, by SOPInstanceUID: several, where a UID is there more than once. */
  studyFiles(uid: Uid): Promise<ReadonlyMap<string, readonly StoredFile[]>>;
  /** Whether a file still is what holds its instance. */
  isCurrent(file: StoredFile): Promise<boolean>;
  addLabel(studyId: string, label: string): Promise<void>;
  labels(studyId: string): Promise<string[]>;
  removeLabel(studyId: string, label: string): Promise<void>;
  setMetadata(studyId: string, key: number, value: string): Promise<void>;
  /** Undefined when the study has none under this key. */
  metadata(studyId: string, key: number): Promise<string | undefined>;
  /** Deletes one instance. @returns false when Orthanc has none or several of this UID */
  deleteInstance(uid: Uid): Promise<boolean>;
  /** Deletes an instance, unless another file holds it by now. @returns whether it was deleted */
  deleteFile(file: StoredFile): Promise<boolean>;
}

/** A client of Orthanc's REST API. */
export function openOrthancClient(http: ArchiveHttp, root: string): OrthancClient {
  const parse = <T>(schema: z.ZodType<T>, value: unknown, what: string): T => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    throw new AppError('ARCHIVE_BAD_ANSWER', `${what}: not the form that Orthanc documents`);
  };
  const studyUid = z.object({ MainDicomTags: z.object({ StudyInstanceUID: z.string() }) });

  /** Orthanc's own ids of what has a UID. */
  async function lookUp(uid: Uid, type: 'Study' | 'Instance'): Promise<string[]> {
    const response = await http.send(`${root}/tools/lookup`, 'Orthanc lookup', {
      method: 'POST',
      readsOnly: true,
      body: uid,
    });
    const found = parse(
      z.array(z.object({ ID: z.string(), Type: z.string() })),
      jsonOf(response, 'Orthanc lookup'),
      'Orthanc lookup',
    );
    return found.filter((resource) => resource.Type === type).map(({ ID }) => ID);
  }

  /** Orthanc's clock, as it writes times: whole seconds, UTC. */
  async function currentSecond(): Promise<string> {
    return (await http.send(`${root}/tools/now`, 'Orthanc system')).body.toString('latin1').trim();
  }

  async function isCurrent({ instance, file }: StoredFile): Promise<boolean> {
    const response = await http.send(`${root}/instances/${instance}`, 'Orthanc instance', {
      accept: [404],
    });
    if (response.status === 404) return false;
    const answer = parse(instancesSchema.element, jsonOf(response, 'Orthanc instance'), 'Orthanc instance');
    return answer.FileUuid === file;
  }

  /** @param instance Orthanc's own id. @returns false when it is gone already */
  async function remove(instance: string): Promise<boolean> {
    const options = { method: 'DELETE', accept: [404] } as const;
    return (await http.send(`${root}/instances/${instance}`, 'Orthanc instance', options)).status < 400;
  }

  return {
    async system() {
      const answer = parse(
        systemSchema,
        jsonOf(await http.send(`${root}/system`, 'Orthanc system'), 'Orthanc system'),
        'Orthanc system',
      );
      return {
        version: answer.Version,
        labels: (answer.HasLabels ?? answer.Capabilities?.HasLabels) === true,
      };
    },

    async changes(since, limit) {
      const response = await http.send(`${root}/changes?since=${since}&limit=${limit}`, 'Orthanc changes');
      return parse(changesSchema, jsonOf(response, 'Orthanc changes'), 'Orthanc changes');
    },

    async lastChange() {
      const response = await http.send(`${root}/changes?last`, 'Orthanc changes');
      return parse(changesSchema, jsonOf(response, 'Orthanc changes'), 'Orthanc changes').Changes.at(-1)?.Seq;
    },

    async studiesWithLabels(labels) {
      const response = await http.send(`${root}/tools/find`, 'Orthanc find', {
        method: 'POST',
        readsOnly: true,
        body: JSON.stringify({
          Level: 'Study',
          Query: {},
          Labels: labels,
          LabelsConstraint: 'Any',
          Expand: true,
        }),
      });
      const found = parse(z.array(studyUid), jsonOf(response, 'Orthanc find'), 'Orthanc find');
      return found.map(({ MainDicomTags }) => MainDicomTags.StudyInstanceUID).filter(isUid);
    },

    async studyUidOf(level, id) {
      const path = level === 'studies' ? `${root}/studies/${id}` : `${root}/series/${id}/study`;
      const ask = () => http.send(path, 'Orthanc study', { accept: [404] });
      let response = await ask();
      if (response.status === 404) {
        // What stands before Orthanc may answer 404 to everything for a while. Then this throws, and nothing counts as gone.
        await currentSecond();
        response = await ask();
      }
      if (response.status === 404) return undefined;
      return parse(studyUid, jsonOf(response, 'Orthanc study'), 'Orthanc study').MainDicomTags
        .StudyInstanceUID;
    },

    studyIds: (uid) => lookUp(uid, 'Study'),

    async studyState(uid) {
      // The time before the series: what changes later in the second in which one was updated last cannot be told by that time.
      const [ids, now] = await Promise.all([lookUp(uid, 'Study'), currentSecond()]);
      const series: z.infer<typeof seriesSchema> = [];
      for (const id of ids) {
        const response = await http.send(`${root}/studies/${id}/series`, 'Orthanc study', { accept: [404] });
        if (response.status === 404) continue;
        series.push(...parse(seriesSchema, jsonOf(response, 'Orthanc study'), 'Orthanc study'));
      }
      if (series.length === 0) return undefined;
      const sources = series.filter((one) => !isResult(one.MainDicomTags));
      const isFresh = sources.some(({ LastUpdate = '' }) => LastUpdate >= now);
      return {
        // Equal to no other state while an overwritten instance could go unnoticed.
        sources: isFresh
          ? randomUUID()
          : sha256(
              JSON.stringify(
                sources
                  .map(({ ID, LastUpdate = '', Instances }) => [ID, LastUpdate, ...Instances.sort()])
                  .sort(),
              ),
            ),
        results: series
          .filter((one) => isResult(one.MainDicomTags))
          .map((one) => one.MainDicomTags.SeriesInstanceUID),
      };
    },

    async studyFiles(uid) {
      const response = await http.send(`${root}/tools/find`, 'Orthanc find', {
        method: 'POST',
        readsOnly: true,
        body: JSON.stringify({ Level: 'Instance', Query: { StudyInstanceUID: uid }, Expand: true }),
      });
      const found = parse(instancesSchema, jsonOf(response, 'Orthanc find'), 'Orthanc find');
      const files = found.map(({ ID, FileUuid, MainDicomTags }) => ({
        uid: MainDicomTags.SOPInstanceUID ?? '',
        stored: { instance: ID, file: FileUuid },
      }));
      return new Map(
        [...groupBy(files, ({ uid }) => uid)].map(([uid, all]) => [uid, all.map(({ stored }) => stored)]),
      );
    },

    isCurrent,

    async addLabel(studyId, label) {
      await http.send(`${root}/studies/${studyId}/labels/${encodeURIComponent(label)}`, 'Orthanc label', {
        method: 'PUT',
        body: '',
      });
    },

    async labels(studyId) {
      const response = await http.send(`${root}/studies/${studyId}/labels`, 'Orthanc labels');
      return parse(z.array(z.string()), jsonOf(response, 'Orthanc labels'), 'Orthanc labels');
    },

    async removeLabel(studyId, label) {
      await http.send(`${root}/studies/${studyId}/labels/${encodeURIComponent(label)}`, 'Orthanc label', {
        method: 'DELETE',
        accept: [404],
      });
    },

    async metadata(studyId, key) {
      const path = `${root}/studies/${studyId}/metadata/${key}`;
      const response = await http.send(path, 'Orthanc metadata', { accept: [404] });
      return response.status === 404 ? undefined : response.body.toString('utf8');
    },

    async setMetadata(studyId, key, value) {
      await http.send(`${root}/studies/${studyId}/metadata/${key}`, 'Orthanc metadata', {
        method: 'PUT',
        body: value,
      });
    },

    async deleteInstance(uid) {
      const ids = await lookUp(uid, 'Instance');
      return ids.length === 1 && remove(ids[0]!);
    },

    async deleteFile(file) {
      return (await isCurrent(file)) && remove(file.instance);
    },
  };
}

const isResult = ({
  Modality,
  Manufacturer,
}: {
  Modality?: string | undefined;
  Manufacturer?: string | undefined;
}) => Manufacturer === MANUFACTURER && (Modality === 'SEG' || Modality === 'SR');

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
