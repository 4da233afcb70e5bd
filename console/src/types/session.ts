/** Who looks, and what they may do. */

export type Role = 'viewer' | 'operator' | 'admin';

export interface Session {
  /** Null: nobody has signed in. */
  readonly role: Role | null;
  readonly name: string | null;
  /** No token is set: everybody on this machine may do everything. */
  readonly open: boolean;
}
