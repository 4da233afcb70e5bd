import { fetch } from 'undici';
import { boundaryOf, type DicomJson, splitMultipart } from '../dicom/index.js';
import type { Lab } from './lab.js';

/** The archive of a lab itself, past proxies and gateways. */

/** A REST request to Orthanc. @returns its answer; undefined for 404. @throws Error for any other refusal */
export async function orthanc(
  lab: Pick<Lab, 'orthancUrl'>,
  method: string,
  path: string,
  body?: string | Uint8Array,
): Promise<unknown> {
  const response = await fetch(`${lab.orthancUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`Orthanc answered ${response.status} to ${method} ${path}`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Orthanc's own ids of a study: of one patient, or of several while a patient is being corrected. */
export async function studyIds(lab: Pick<Lab, 'orthancUrl'>, study: string): Promise<string[]> {
  const found = (await orthanc(lab, 'POST', '/tools/lookup', study)) as { ID: string; Type: string }[];
  return found.filter(({ Type }) => Type === 'Study').map(({ ID }) => ID);
}

/** A list of DICOMweb; empty for none. @param path below the archive's root */
export async function list(lab: Pick<Lab, 'dicomwebUrl'>, path: string): Promise<DicomJson[]> {
  const response = await fetch(`${lab.dicomwebUrl}${path}`, {
    headers: { accept: 'application/dicom+json' },
  });
  const text = await response.text();
  if (response.status === 404 || text === '') return [];
  if (!response.ok) throw new Error(`the archive answered ${response.status}`);
  return JSON.parse(text) as DicomJson[];
}

/** An instance as a file. */
export async function file(lab: Pick<Lab, 'dicomwebUrl'>, path: string): Promise<Uint8Array> {
  const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*';
  const response = await fetch(`${lab.dicomwebUrl}${path}`, { headers: { accept } });
  const boundary = boundaryOf(response.headers.get('content-type') ?? '');
  return splitMultipart(Buffer.from(await response.arrayBuffer()), boundary)[0]!.body;
}
