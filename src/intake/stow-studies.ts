const STUDY_IN_URL = /\/studies\/([^/"<\s?#]{1,400})[/"<\s]/g;

/**
 * What a STOW-RS answer names as studies; not all of it need be UIDs. The RetrieveURLs are in both the JSON and the XML
 * form.
 */
export function studiesIn(text: string): Set<string> {
  // JSON may write a slash as \/ .
  const plain = text.replaceAll('\\/', '/');
  return new Set([...plain.matchAll(STUDY_IN_URL)].map((match) => decoded(match[1]!)));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
