import type { Settings } from '../../config/index.js';
import { AppError } from '../../core/index.js';

/** Claims of a token or of the user's information. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The roles that `oidc.rolesClaim` gives, by `oidc.roleNames` where that is set. Names that mean no role are left out.
 * @returns undefined when the claim is not there at all
 */
export function rolesOfClaims(settings: Settings['oidc'], claims: Claims): string[] | undefined {
  const value = claimAt(claims, settings.rolesClaim);
  if (value === undefined) return undefined;
  const named = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  const { roleNames } = settings;
  return roleNames.size === 0 ? named : named.flatMap((name) => roleNames.get(name) ?? []);
}

/** Who the claims are about, for the audit log: a name that people know, else the subject. */
export function nameOfClaims({ nameClaim }: Settings['oidc'], claims: Claims): string {
  const name = claimAt(claims, nameClaim);
  const text = typeof name === 'string' && name !== '' ? name : claims.sub;
  if (typeof text !== 'string' || text === '') throw new AppError('UNAUTHORIZED', 'The token names nobody');
  return text.replace(/[^\p{L}\p{N}@._+-]/gu, '_').slice(0, 100);
}

/** The claim of this name, else the one at the end of the path: `realm_access.roles`. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path
    .split('.')
    .reduce<unknown>(
      (at, step) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Claims)[step] : undefined,
      claims,
    );
}
