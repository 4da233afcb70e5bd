import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { phantomStudies } from '../phantom/index.js';
import { findDicom } from './find-dicom.js';
import type { GatewayClient } from './gateway-client.js';
import { bar, type Progress } from './progress.js';
import { sentenceOf } from './sentence.js';

/** A file to send. */
export interface DemoFile {
  /** Kind of the phantom, or path below the folder. */
  readonly name: string;
  readonly bytes: () => Uint8Array;
}

/** A study that was sent. */
export interface SentStudy {
  /** Of its first file. */
  readonly name: string;
  /** When its first instance was sent (ISO 8601). */
  readonly since: string;
  /** When its last instance was sent. */
  readonly sentAt: string;
}

/** What was sent, and what could not be. */
export interface Sent {
  /** By StudyInstanceUID. */
  readonly studies: ReadonlyMap<string, SentStudy>;
  readonly skipped: number;
}

/** Files in a row that are refused while the gateway is not ready either: then it is not the files. */
const MAX_REFUSED_IN_A_ROW = 3;

/** The files of a folder, or the six phantoms. @throws Error when the folder holds no DICOM file */
export function filesOf(studies: string | undefined, progress: Progress): DemoFile[] {
  if (studies === undefined) {
    return phantomStudies().map((phantom) => ({ name: phantom.kind, bytes: () => phantom.bytes }));
  }
  const { dicom, others, unreadable } = findDicom(studies);
  for (const path of unreadable) progress.line(`SKIPPED  ${relative(studies, path)}: it cannot be opened`);
  if (dicom.length === 0) {
    throw new Error(
      others === 0
        ? `--studies: ${studies} is empty`
        : `--studies: none of the ${others} files in ${studies} is a DICOM Part 10 file`,
    );
  }
  if (others > 0) progress.line(`${others} ${others === 1 ? 'file is' : 'files are'} not DICOM and stay out`);
  return dicom.map((path) => ({ name: relative(studies, path), bytes: () => readFileSync(path) }));
}

/** Sends files one after another; one that cannot be read or is refused is named and left out. */
export async function sendFiles(
  client: GatewayClient,
  files: readonly DemoFile[],
  progress: Progress,
  interrupted: AbortSignal,
): Promise<Sent> {
  const studies = new Map<string, SentStudy>();
  let skipped = 0;
  let refusedInARow = 0;
  for (const [index, { name, bytes }] of files.entries()) {
    interrupted.throwIfAborted();
    progress.status(`sending ${bar(index, files.length)}  ${name}`);
    const sentAt = new Date().toISOString();
    try {
      const stored = await client.store(bytes());
      if (stored.length === 0) throw new Error('the archive did not keep it');
      for (const uid of stored) {
        const { since = sentAt, name: first = name } = studies.get(uid) ?? {};
        studies.set(uid, { name: first, since, sentAt });
      }
      refusedInARow = 0;
    } catch (error) {
      skipped += 1;
      refusedInARow += 1;
      progress.line(`SKIPPED  ${name}: ${sentenceOf(error)}`);
      if (refusedInARow >= MAX_REFUSED_IN_A_ROW && !(await client.ready())) {
        throw new Error('The gateway or the archive does not answer any more; the log says why', {
          cause: error,
        });
      }
    }
  }
  progress.line(`sent ${files.length - skipped} instances in ${studies.size} studies`);
  return { studies, skipped };
}
