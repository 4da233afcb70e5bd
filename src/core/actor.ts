/** What a caller may do; each role may do what the ones before it may. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who calls. `name` goes into the audit log: the role's token or the session, never a secret. */
export interface Actor {
  readonly role: Role;
  readonly name: string;
}
