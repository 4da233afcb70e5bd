import { Transform, type TransformCallback } from 'node:stream';
import { isUid, type Uid } from '../core/index.js';

const KEEP_BYTES = 8 * 1024 * 1024;
const STUDY_IN_URL = /\/studies\/([0-9.]{1,64})[/"<\s]/g;

/**
 * Lets a STOW response pass unchanged and reads which studies it names: the RetrieveURLs are in both the JSON and
 * the XML form. Keeps at most 8 MiB of it.
 */
export function stowObserver(onStudies: (studies: Set<Uid>) => void): Transform {
  const kept: Buffer[] = [];
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding: string, done: TransformCallback) {
      if (size < KEEP_BYTES) kept.push(chunk);
      size += chunk.length;
      done(null, chunk);
    },
    flush(done: TransformCallback) {
      onStudies(studiesIn(Buffer.concat(kept).toString('latin1')));
      done();
    },
  });
}

/** The studies that a STOW response names. */
export function studiesIn(text: string): Set<Uid> {
  // JSON may write a slash as \/ .
  const plain = text.replaceAll('\\/', '/');
  return new Set([...plain.matchAll(STUDY_IN_URL)].map((match) => match[1]).filter(isUid));
}
