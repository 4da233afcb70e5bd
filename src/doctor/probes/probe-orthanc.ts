import { z } from 'zod';
import type { ArchiveHttp } from '../../archive/index.js';
import type { Machine } from '../machine.js';
import { archiveRequest, noAnswer, type NoAnswer } from './archive-request.js';
import { type Challenge, readChallenge } from './challenge.js';

// Versions before 1.12 lack most of these.
const systemSchema = z.object({
  Version: z.string(),
  IsHttpServerSecure: z.boolean().optional(),
  HasLabels: z.boolean().optional(),
  ReadOnly: z.boolean().optional(),
  MaximumStorageMode: z.string().optional(),
  MaximumStorageSize: z.number().optional(),
  MaximumPatientCount: z.number().optional(),
  UserMetadata: z.record(z.string(), z.number()).optional(),
  Capabilities: z.object({ HasLabels: z.boolean().optional() }).optional(),
});

/** An Orthanc's answers to `/system`, `/plugins` and `/tools/now`. */
export interface OrthancFacts {
  readonly kind: 'orthanc';
  readonly version: string;
  /** False when everybody may use it; undefined when it does not say. */
  readonly secure: boolean | undefined;
  readonly labels: boolean;
  readonly readOnly: boolean;
  /** Whether a full archive throws its oldest patients away; undefined before 1.11. */
  readonly recycles: boolean | undefined;
  /** Names and numbers of registered metadata; undefined before 1.12.0. */
  readonly userMetadata: Readonly<Record<string, number>> | undefined;
  readonly plugins: readonly string[];
  /** DICOMweb root that the plugin serves, as a path such as `/dicom-web`. */
  readonly dicomwebPath: string | undefined;
  /** Seconds by which its clock is ahead of ours. */
  readonly clockAhead: number | undefined;
}

export type OrthancProbe =
  /** archive.orthancUrl is empty. */
  | { readonly kind: 'none' }
  | NoAnswer
  | { readonly kind: 'denied'; readonly status: number; readonly challenge: Challenge }
  | { readonly kind: 'not-orthanc'; readonly status: number }
  | OrthancFacts;

/** Asks Orthanc about itself, with the credentials of the settings. @param root empty for none */
export async function probeOrthanc(http: ArchiveHttp, root: string, machine: Machine): Promise<OrthancProbe> {
  if (root === '') return { kind: 'none' };
  const first = await archiveRequest(http, `${root}/system`).catch(noAnswer);
  if ('kind' in first) return first;
  if (first.status === 401 || first.status === 403) {
    return { kind: 'denied', status: first.status, challenge: readChallenge(first.challenge) };
  }
  const system = systemSchema.safeParse(first.json);
  if (first.status !== 200 || !system.success) return { kind: 'not-orthanc', status: first.status };
  const { data } = system;
  const [plugins, dicomwebPath, clockAhead] = await Promise.all([
    archiveRequest(http, `${root}/plugins`).then(({ json }) => z.array(z.string()).catch([]).parse(json)),
    archiveRequest(http, `${root}/plugins/dicom-web`).then(({ json }) => pathOf(json)),
    clock(http, root, machine),
  ]);
  const limited = (data.MaximumStorageSize ?? 0) > 0 || (data.MaximumPatientCount ?? 0) > 0;
  return {
    kind: 'orthanc',
    version: data.Version,
    secure: data.IsHttpServerSecure,
    labels: data.HasLabels ?? data.Capabilities?.HasLabels ?? false,
    readOnly: data.ReadOnly === true,
    recycles:
      data.MaximumStorageMode === undefined ? undefined : limited && data.MaximumStorageMode === 'Recycle',
    userMetadata: data.UserMetadata,
    plugins,
    dicomwebPath,
    clockAhead,
  };
}

/** `../dicom-web/app/client/index.html`, as the plugin names its page, lies below its root. */
function pathOf(plugin: unknown): string | undefined {
  const uri = (plugin as { RootUri?: unknown } | undefined)?.RootUri;
  if (typeof uri !== 'string') return undefined;
  return /^\.\.(\/.+?)\/app\/client\//.exec(uri)?.[1];
}

/** `/tools/now` is UTC to the second: `20261124T085800`. */
async function clock(http: ArchiveHttp, root: string, machine: Machine): Promise<number | undefined> {
  const began = machine.now();
  const { text } = await archiveRequest(http, `${root}/tools/now`);
  const now = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(text.trim());
  if (!now) return undefined;
  const iso = `${now[1]}-${now[2]}-${now[3]}T${now[4]}:${now[5]}:${now[6]}Z`;
  // The answer is cut down to the second: its middle is half a second later.
  return (Date.parse(iso) + 500 - (began + machine.now()) / 2) / 1000;
}
