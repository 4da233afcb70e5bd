/** Places of the gateway under which every path is named by the pattern of its route. */
const ROUTED = ['/admin/v1', '/hooks'];
const SINGLE = new Set(['/healthz', '/readyz', '/metrics']);
/** Words that DICOMweb paths are made of (PS3.18). */
const DICOMWEB = new Set([
  'studies',
  'series',
  'instances',
  'metadata',
  'frames',
  'rendered',
  'thumbnail',
  'bulkdata',
]);
const MAX_WORDS = 8;

/**
 * What a request asked for, as one of a short list of names: never a path as sent.
 * @param path without query
 * @param pattern of the route that took it, where one did, e.g. `/studies/:uid`
 */
export function routeOf(path: string, pattern: unknown): string {
  const lower = path.toLowerCase();
  if (SINGLE.has(lower)) return lower;
  const place = ROUTED.find((prefix) => lower === prefix || lower.startsWith(`${prefix}/`));
  if (place !== undefined) {
    const named = typeof pattern === 'string' ? pattern.replace(/:(\w+)/g, '{$1}') : '/other';
    return place + named;
  }
  if (lower === '/dicom-web' || lower.startsWith('/dicom-web/')) return dicomwebRoute(lower);
  if (lower === '/viewer' || lower.startsWith('/viewer/')) return '/viewer';
  return 'other';
}

function dicomwebRoute(path: string): string {
  const words = path.split('/').slice(2).filter(Boolean);
  const named = words.slice(0, MAX_WORDS).map((word) => (DICOMWEB.has(word) ? word : '{}'));
  // A name after a name is none of DICOMweb's; it is not told apart further.
  const odd = named.some((word, i) => word === '{}' && (i === 0 || named[i - 1] === '{}'));
  return odd || words.length > MAX_WORDS ? '/dicom-web/other' : ['/dicom-web', ...named].join('/');
}
