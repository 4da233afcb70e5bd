import { isUid, type Uid } from '../core/index.js';

const STUDY_IN_URL = /\/studies\/([0-9.]{1,64})[/"<\s]/g;

/** The studies that a STOW-RS answer names: the RetrieveURLs are in both the JSON and the XML form. */
export function studiesIn(text: string): Set<Uid> {
  // JSON may write a slash as \/ .
  const plain = text.replaceAll('\\/', '/');
  return new Set([...plain.matchAll(STUDY_IN_URL)].map((match) => match[1]).filter(isUid));
}
