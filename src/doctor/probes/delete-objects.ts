import type { Settings } from '../../config/index.js';
import type { Uid } from '../../core/index.js';
import type { Archive } from '../../archive/index.js';
import { archiveRequest } from './archive-request.js';

/** What to delete: one instance, or without series and instance the whole study. */
export interface Target {
  readonly study: Uid;
  readonly series?: Uid;
  readonly instance?: Uid;
}

/** The archive and its settings. */
export interface Place {
  readonly archive: Archive;
  readonly settings: Pick<Settings, 'archive'>;
}

const GONE = new Set([200, 202, 204, 404, 410]);

/** What an archive answers that knows no DELETE or does not let us. */
const REFUSED = new Set([400, 401, 403, 405, 501]);

/**
 * Whether objects can be removed again: by Orthanc's REST API, or by DELETE of the resource as several archives offer
 * it beyond the standard.
 * @param absent a study that does not exist, to ask with
 */
export async function canDelete(place: Place, absent: Uid): Promise<boolean> {
  const { archive } = place;
  if (archive.orthanc) return true;
  const url = dicomwebUrl(place, { study: absent });
  const { status } = await archiveRequest(archive.http, url, { method: 'DELETE' });
  if (REFUSED.has(status)) return false;
  if (status !== 404) return status < 400;
  // An archive that can delete says 404 of the study, one that cannot may say it of the path.
  const { allow } = await archiveRequest(archive.http, url, { method: 'OPTIONS' });
  return /\bDELETE\b/i.test(allow);
}

/** Deletes from the archive. @returns whether it is gone */
export async function deleteObjects(place: Place, target: Target): Promise<boolean> {
  const { archive } = place;
  if (archive.orthanc) return deleteFromOrthanc(place, target);
  const { status } = await archiveRequest(archive.http, dicomwebUrl(place, target), { method: 'DELETE' });
  return GONE.has(status);
}

async function deleteFromOrthanc(
  { archive, settings }: Place,
  { study, instance }: Target,
): Promise<boolean> {
  const root = settings.archive.orthancUrl;
  const body = instance ?? study;
  const lookup = await archiveRequest(archive.http, `${root}/tools/lookup`, { method: 'POST', body });
  if (lookup.status !== 200) return false;
  const [type, path] = instance ? ['Instance', 'instances'] : ['Study', 'studies'];
  for (const { ID: id, Type } of (lookup.json ?? []) as { ID: string; Type: string }[]) {
    if (Type !== type) continue;
    const { status } = await archiveRequest(archive.http, `${root}/${path}/${id}`, { method: 'DELETE' });
    if (!GONE.has(status)) return false;
  }
  return true;
}

function dicomwebUrl({ settings }: Place, { study, series, instance }: Target): string {
  const url = `${settings.archive.dicomwebUrl}/studies/${study}`;
  return series && instance ? `${url}/series/${series}/instances/${instance}` : url;
}
