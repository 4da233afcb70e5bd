import type { Role } from '../../core/index.js';

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

/** Who calls, whatever the credential was. */
export interface Caller {
  /** For the log: the kind of credential, never a secret. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** What a role of the settings may do. `/admin/v1` asks for the role itself. */
export const SCOPES_OF_ROLE: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: ['dicomweb:read', 'viewer', 'admin:read'],
  operator: ['dicomweb:read', 'dicomweb:store', 'viewer', 'admin:read', 'admin:operate'],
  admin: SCOPES,
};

/** What the tokens of machines may do, by the section of their setting. */
export const SCOPES_OF_MACHINE = {
  dicomweb: ['dicomweb:read', 'dicomweb:store'],
  hook: ['hook'],
} as const satisfies Readonly<Record<string, readonly Scope[]>>;
