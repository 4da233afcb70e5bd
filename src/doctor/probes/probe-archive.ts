import type { ArchiveHttp } from '../../archive/index.js';
import type { Machine } from '../machine.js';
import { archiveRequest, noAnswer, type NoAnswer, type RawAnswer } from './archive-request.js';
import { type Challenge, readChallenge } from './challenge.js';

/** What `GET <dicomwebUrl>/studies?limit=1` gave. */
export type ArchiveProbe =
  | NoAnswer
  | { readonly kind: 'denied'; readonly status: number; readonly challenge: Challenge }
  /** Something answers, but not QIDO-RS. */
  | { readonly kind: 'not-dicomweb'; readonly status: number }
  | {
      readonly kind: 'dicomweb';
      /** Seconds by which the archive's clock is ahead of ours; undefined when it sends no Date. */
      readonly clockAhead: number | undefined;
    };

/** Asks the archive for one study, with the credentials of the settings. */
export async function probeArchive(http: ArchiveHttp, root: string, machine: Machine): Promise<ArchiveProbe> {
  const answer = await askForStudies(http, root).catch(noAnswer);
  if ('kind' in answer) return answer;
  const { status, date } = answer;
  if (status === 401 || status === 403) {
    return { kind: 'denied', status, challenge: readChallenge(answer.challenge) };
  }
  if (!isQido(answer)) return { kind: 'not-dicomweb', status };
  const theirs = date === undefined ? NaN : Date.parse(date);
  // Date is cut down to the second: its middle is half a second later.
  const clockAhead = Number.isNaN(theirs) ? undefined : (theirs + 500 - machine.now()) / 1000;
  return { kind: 'dicomweb', clockAhead };
}

/** Whether another root answers QIDO-RS, to be able to name it. */
export async function answersQido(http: ArchiveHttp, root: string): Promise<boolean> {
  const answer = await askForStudies(http, root).catch(() => undefined);
  return answer !== undefined && isQido(answer);
}

const askForStudies = (http: ArchiveHttp, root: string) =>
  archiveRequest(http, `${root}/studies?limit=1`, { headers: { accept: 'application/dicom+json' } });

/** Orthanc's own REST API has /studies as well, and answers with a list of its ids. */
function isQido({ status, contentType, json }: RawAnswer): boolean {
  if (status === 204) return true;
  if (status !== 200 || !Array.isArray(json)) return false;
  return contentType.includes('dicom+json') || (json.length > 0 && typeof json[0] === 'object');
}
