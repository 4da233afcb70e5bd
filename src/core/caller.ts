/** What may be done with a surface of the gateway. */
export const SCOPES = [
  'dicomweb:read',
  'dicomweb:store',
  'viewer',
  'admin:read',
  'admin:operate',
  'admin:*',
  'hook',
  'metrics',
] as const;
export type Scope = (typeof SCOPES)[number];

/** What an endpoint of the administration can ask for; each includes the ones before it. */
export type AdminScope = Extract<Scope, `admin:${string}`>;

/** How far a caller may administrate, in one word: `admin:read`, `admin:operate`, `admin:*`. */
export const LEVELS = ['viewer', 'operator', 'admin'] as const;
export type Level = (typeof LEVELS)[number];

/** Which studies a caller may see who may not see all. */
export interface StudyRestriction {
  /** Labels in the archive; a study with one of them may be seen. */
  readonly labels: readonly string[];
  /** Study Instance UIDs. */
  readonly studies: readonly string[];
}

/** Who calls, whatever the credential was. */
export interface Caller {
  /** For log and audit: the credential's kind and name, never a secret. */
  readonly name: string;
  /** Roles of the settings. */
  readonly roles: readonly string[];
  readonly scopes: ReadonlySet<Scope>;
  /** Absent for a caller who may see every study. */
  readonly restriction?: StudyRestriction | undefined;
}

/** How far a caller may administrate; undefined for not at all. */
export function levelOf({ scopes }: Pick<Caller, 'scopes'>): Level | undefined {
  if (scopes.has('admin:*')) return 'admin';
  if (scopes.has('admin:operate')) return 'operator';
  return scopes.has('admin:read') ? 'viewer' : undefined;
}
