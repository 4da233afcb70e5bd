import type { Settings } from '../config/index.js';
import type { Caller, Scope, StudyRestriction } from '../core/index.js';

/** Scopes that another one includes. */
const INCLUDED: Partial<Record<Scope, readonly Scope[]>> = {
  'admin:*': ['admin:operate', 'admin:read'],
  'admin:operate': ['admin:read'],
};

/** Makes callers of the roles that the settings describe. */
export interface Roles {
  /** True for a role of the settings. */
  has(role: string): boolean;
  /** What the roles may do together; an unknown one may do nothing. */
  scopesOf(roles: readonly string[]): ReadonlySet<Scope>;
  /** A caller with these roles; those that the settings do not know are left out. */
  callerOf(name: string, roles: readonly string[]): Caller;
}

/** Roles → scopes, and which studies a role may see, by `roles` and `restrictions` of the settings. */
export function openRoles({ roles: table, restrictions }: Pick<Settings, 'roles' | 'restrictions'>): Roles {
  const has = (role: string) => Object.hasOwn(table, role);
  const scopesOf = (roles: readonly string[]): ReadonlySet<Scope> => {
    const given = roles.filter(has).flatMap((role) => table[role] ?? []);
    return new Set(given.flatMap((scope) => [scope, ...(INCLUDED[scope] ?? [])]));
  };
  /** A role that may read and is restricted to nothing lifts what restricts the others. */
  const restrictionOf = (roles: readonly string[]): StudyRestriction | undefined => {
    const reading = roles.filter((role) => scopesOf([role]).has('dicomweb:read'));
    const each = reading.map((role) => (Object.hasOwn(restrictions, role) ? restrictions[role] : undefined));
    if (each.length === 0 || each.some((one) => one === undefined)) return undefined;
    return {
      labels: each.flatMap((one) => one?.labels ?? []),
      studies: each.flatMap((one) => one?.studies ?? []),
    };
  };
  return {
    has,
    scopesOf,
    callerOf(name, given) {
      const roles = [...new Set(given)].filter(has);
      const restriction = restrictionOf(roles);
      return { name, roles, scopes: scopesOf(roles), ...(restriction ? { restriction } : {}) };
    },
  };
}
