/** The archive, as both processes see it. */
import type { Settings } from '../config/index.js';
import { openDicomwebClient, type DicomwebClient } from './dicomweb-client.js';
import { openArchiveHttp, type ArchiveHttp, type ArchiveHooks } from './http.js';
import { openOrthancClient, type OrthancClient } from './orthanc-client.js';

/** DICOMweb for everything, Orthanc's own REST API where the archive is one. */
export interface Archive {
  readonly http: ArchiveHttp;
  readonly dicomweb: DicomwebClient;
  readonly orthanc: OrthancClient | undefined;
}

/** Opens the archive that the settings name; nothing is sent yet. */
export function openArchive(settings: Settings['archive'], watch?: ArchiveHooks): Archive {
  const http = openArchiveHttp(settings, watch);
  return {
    http,
    dicomweb: openDicomwebClient(http, settings.dicomwebUrl, { ordersFrames: settings.orthancUrl !== '' }),
    orthanc: settings.orthancUrl ? openOrthancClient(http, settings.orthancUrl) : undefined,
  };
}
