import { isUid } from '../../core/index.js';

/** What the pass-through offers below its root (PS3.18 §10.4 to §10.6); everything else is not found. */
export interface Resource {
  readonly kind: ResourceKind;
  /** As the archive is asked: without a trailing slash. */
  readonly path: string;
  /** Study Instance UID in the path; undefined for a search in all studies. */
  readonly study: string | undefined;
  /** In the order of the header Allow. */
  readonly methods: readonly string[];
}

export type ResourceKind = 'search' | 'instances' | 'metadata' | 'rendered' | 'frames' | 'bulkdata';

const UID = '[0-9.]{1,64}';
const INSTANCE = `/studies/${UID}/series/${UID}/instances/${UID}`;
/** A study, a series or an instance. */
const LEVEL = `/studies/${UID}(?:/series/${UID}(?:/instances/${UID})?)?`;
const FRAMES = '[0-9]{1,9}(?:,[0-9]{1,9}){0,999}';
/** A piece of a bulk data address: what an archive made of a tag, an item's number or an attribute's name. */
const PIECE = '[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}';

const READ = ['GET', 'HEAD'];
const READ_AND_STORE = [...READ, 'POST'];

const RESOURCES: readonly { kind: ResourceKind; pattern: RegExp; methods?: readonly string[] }[] = [
  { kind: 'search', pattern: /^\/studies$/, methods: READ_AND_STORE },
  { kind: 'search', pattern: /^\/(?:series|instances)$/ },
  { kind: 'search', pattern: new RegExp(`^/studies/${UID}/(?:series|instances)$`) },
  { kind: 'search', pattern: new RegExp(`^/studies/${UID}/series/${UID}/instances$`) },
  { kind: 'instances', pattern: new RegExp(`^/studies/${UID}$`), methods: READ_AND_STORE },
  { kind: 'instances', pattern: new RegExp(`^${LEVEL}$`) },
  { kind: 'metadata', pattern: new RegExp(`^${LEVEL}/metadata$`) },
  { kind: 'rendered', pattern: new RegExp(`^${LEVEL}/(?:rendered|thumbnail)$`) },
  { kind: 'rendered', pattern: new RegExp(`^${INSTANCE}/frames/${FRAMES}/(?:rendered|thumbnail)$`) },
  { kind: 'frames', pattern: new RegExp(`^${INSTANCE}/frames/${FRAMES}$`) },
  // Orthanc calls it `bulk`.
  { kind: 'bulkdata', pattern: new RegExp(`^${LEVEL}/(?:bulkdata|bulk)(?:/${PIECE}){0,16}$`) },
];

/**
 * The resource at a path, or undefined for what is not offered. No DICOMweb path needs percent-encoding, and an archive
 * may decode `..%2f` after we have looked (Orthanc does): such a path is no resource.
 * @param path below the DICOMweb root, as it was sent, without the query
 */
export function resourceAt(path: string): Resource | undefined {
  const plain = path.endsWith('/') ? path.slice(0, -1) : path;
  const found = RESOURCES.find(({ pattern }) => pattern.test(plain));
  if (!found || !uidsIn(plain).every(isUid)) return undefined;
  const study = /^\/studies\/([0-9.]+)/.exec(plain)?.[1];
  return { kind: found.kind, path: plain, study, methods: found.methods ?? READ };
}

/** Every kind of path with the methods that it takes, for the description of what is offered. */
export const RESOURCE_EXAMPLES: readonly { readonly path: string; readonly methods: readonly string[] }[] = [
  ...['/studies', '/studies/{study}'].map((path) => ({ path, methods: READ_AND_STORE })),
  ...[
    '/series',
    '/instances',
    '/studies/{study}/series',
    '/studies/{study}/instances',
    '/studies/{study}/series/{series}/instances',
    '/studies/{study}/series/{series}',
    '/studies/{study}/series/{series}/instances/{instance}',
    '/studies/{study}/metadata',
    '/studies/{study}/rendered',
    '/studies/{study}/thumbnail',
    '/studies/{study}/series/{series}/instances/{instance}/frames/{frames}',
    '/studies/{study}/series/{series}/instances/{instance}/frames/{frames}/rendered',
    '/studies/{study}/bulkdata/{path}',
  ].map((path) => ({ path, methods: READ })),
];

/** What stands in the place of a UID. */
function uidsIn(path: string): string[] {
  return [...path.matchAll(/\/(?:studies|series|instances)\/([0-9.]+)/g)].map((match) => match[1]!);
}
