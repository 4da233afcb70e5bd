import { fetch } from 'undici';
import {
  boundaryOf,
  type DicomJson,
  isSegmentation,
  joinDicomParts,
  splitMultipart,
  stringOf,
  TAG,
} from '../dicom/index.js';
import type { StudyEvent, StudyRecord } from '../store/index.js';
import { isUid } from '../core/index.js';
import { studiesIn } from '../intake/index.js';

/** A study as `GET /admin/v1/studies/{uid}` shows it. */
export type StudyView = StudyRecord & { readonly events: readonly StudyEvent[] };

const BOUNDARY = 'esp-medsam-demo-7f3c';

/** The gateway as a user's program sees it. */
export interface GatewayClient {
  /** Whether gateway, Redis and archive answer. */
  ready(): Promise<boolean>;
  /** STOW-RS of one file. @returns StudyInstanceUIDs that the archive kept */
  store(file: Uint8Array): Promise<string[]>;
  study(uid: string): Promise<StudyView | undefined>;
  reprocess(uid: string): Promise<void>;
  /** QIDO-RS of a study's instances. */
  instances(study: string): Promise<DicomJson[]>;
  metadata(path: { study: string; series: string; instance: string }): Promise<DicomJson | undefined>;
  /** The whole instance as stored. */
  file(path: { study: string; series: string; instance: string }): Promise<Uint8Array>;
}

/**
 * @param base e.g. `http://127.0.0.1:8080`
 * @param token of a role that may look and reprocess, where the gateway wants one
 */
export function gatewayClient(base: string, token?: string): GatewayClient {
  const role: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const json = { accept: 'application/dicom+json', ...role };
  const instancePath = ({ study, series, instance }: { study: string; series: string; instance: string }) =>
    `${base}/dicom-web/studies/${study}/series/${series}/instances/${instance}`;

  async function get(url: string, headers: Record<string, string>) {
    // A kept connection can be closed by the other side just when it is used again.
    const response = await fetch(url, { headers }).catch(() => fetch(url, { headers }));
    if (response.status === 404 || response.status === 204) {
      await response.arrayBuffer();
      return undefined;
    }
    if (!response.ok)
      throw new Error(`GET answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
    return response;
  }

  return {
    async ready() {
      const response = await fetch(`${base}/readyz`).catch(() => undefined);
      await response?.arrayBuffer();
      return response?.ok ?? false;
    },
    async store(file) {
      const response = await fetch(`${base}/dicom-web/studies`, {
        method: 'POST',
        headers: {
          ...json,
          'content-type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
        },
        body: joinDicomParts([file], BOUNDARY),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(refusal(response.status, text));
      return [...studiesIn(text)].filter(isUid);
    },
    async study(uid) {
      return (await (await get(`${base}/admin/v1/studies/${uid}`, role))?.json()) as StudyView | undefined;
    },
    async reprocess(uid) {
      const response = await fetch(`${base}/admin/v1/studies/${uid}/reprocess`, {
        method: 'POST',
        headers: role,
      });
      if (!response.ok) throw new Error(`reprocess answered ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
    },
    async instances(study) {
      const url = `${base}/dicom-web/studies/${study}/instances?includefield=${TAG.SOPClassUID}`;
      return ((await (await get(url, json))?.json()) as DicomJson[] | undefined) ?? [];
    },
    async metadata(path) {
      return (
        (await (await get(`${instancePath(path)}/metadata`, json))?.json()) as DicomJson[] | undefined
      )?.[0];
    },
    async file(path) {
      const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*';
      const response = await get(instancePath(path), { accept, ...role });
      if (!response) throw new Error('the archive does not have the instance');
      const boundary = boundaryOf(response.headers.get('content-type') ?? '');
      return splitMultipart(Buffer.from(await response.arrayBuffer()), boundary)[0]!.body;
    },
  };
}

/** Why STOW-RS kept nothing, as one sentence: a problem of the gateway says it itself, DICOM JSON of the archive does not. */
function refusal(status: number, text: string): string {
  const problem = problemIn(text);
  return problem ? `${problem} (${status})` : `the archive refused it (${status})`;
}

function problemIn(text: string): string | undefined {
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown };
    return typeof detail === 'string' ? detail : undefined;
  } catch {
    return undefined;
  }
}

/** SEG instances in a listing. */
export function segsIn(listing: readonly DicomJson[]): DicomJson[] {
  return listing.filter((instance) => isSegmentation(stringOf(instance, TAG.SOPClassUID)));
}
