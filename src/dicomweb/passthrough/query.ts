import type { ResourceKind } from './resource.js';

/** Parameters of every resource (PS3.18 §8.3.3). */
const COMMON = ['accept', 'charset'];

/** Parameters by resource: PS3.18 Table 8.3.4-1 for searches, §8.3.5 for rendered resources. */
const KNOWN: Readonly<Record<ResourceKind, ReadonlySet<string>>> = {
  search: new Set([
    ...COMMON,
    'limit',
    'offset',
    'fuzzymatching',
    'emptyvaluematching',
    'multiplevaluematching',
    'includefield',
  ]),
  rendered: new Set([...COMMON, 'annotation', 'quality', 'viewport', 'window', 'iccprofile']),
  instances: new Set(COMMON),
  metadata: new Set(COMMON),
  frames: new Set(COMMON),
  bulkdata: new Set(COMMON),
};

/** An attribute to match on: keyword or tag, of a sequence's item with dots between them. */
const ATTRIBUTE =
  /^(?:[0-9A-Fa-f]{8}|[A-Z][A-Za-z0-9]{1,63})(?:\.(?:[0-9A-Fa-f]{8}|[A-Z][A-Za-z0-9]{1,63})){0,4}$/;

/**
 * The parameters that the resource knows, as they were sent, but for commas of `includefield`; the others are left out. A name with percent-encoding is
 * none of DICOMweb's, so `%5fmethod` does not pass for something else.
 * @param query without its question mark
 * @returns the query with its question mark, or nothing
 */
export function knownQuery(kind: ResourceKind, query: string): string {
  const passed = query.split('&').filter((pair) => {
    const name = pair.split('=', 1)[0]!;
    return KNOWN[kind].has(name.toLowerCase()) || (kind === 'search' && ATTRIBUTE.test(name));
  });
  return passed.length === 0 ? '' : `?${passed.map(withPlainCommas).join('&')}`;
}

/**
 * `includefield=00081030,00080060`: browsers write the comma as %2C, which a comma in a query may be (RFC 3986 §2.2).
 * Orthanc 1.10 then takes the whole list for one unknown name, and the viewer's list lacks its descriptions.
 */
const withPlainCommas = (pair: string) =>
  /^includefield=/i.test(pair) ? pair.replaceAll(/%2c/gi, ',') : pair;
