/** The archive: DICOMweb and Orthanc clients. */
export {
  type DicomwebClient,
  type InstancePath,
  type StudyDates,
  studyInstances,
  type StudyMatch,
} from './dicomweb-client.js';
export {
  decodeWithArchiveFallback,
  fetchWithArchiveFallback,
  type FramedInstance,
} from './frame-fallback.js';
export { withFrameGroups } from './frame-groups.js';
export type { ArchiveHttp, ArchiveHooks } from './http.js';
export { type Archive, openArchive } from './open-archive.js';
export type { OrthancChanges, OrthancClient, StoredFile } from './orthanc-client.js';
export { isVideo, videoError, wasVideo } from './video.js';
