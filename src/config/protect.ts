import { AppError, isLoopback, type Scope } from '../core/index.js';
import type { Settings } from './schema.js';

const SHORTEST_TOKEN = 16;

/**
 * True when nobody has to sign in: on loopback, while neither a token nor an issuer is set and `access.signIn` does not
 * ask for it.
 */
export const isOpen = ({ gateway, admin, oidc, access }: Settings): boolean =>
  isLoopback(gateway.host) &&
  access.signIn === 'auto' &&
  oidc.issuer === '' &&
  [admin.token, admin.operatorToken, admin.viewerToken].every((text) => text === '');

/** What may be used without sign-in where `access.open` names it. */
export type Openable = 'dicomweb' | 'viewer' | 'hook' | 'metrics';

/** The surfaces that `access.open` names. */
const openedSurfaces = ({ open }: Settings['access']): readonly string[] =>
  open.split(/[, ]+/).filter(Boolean);

/**
 * True for a surface that anybody may use: one that `access.open` names, and on loopback the viewer and DICOMweb while
 * nobody has to sign in, the hook while it has no token. Metrics without a token are for this machine only, wherever the
 * gateway listens: that is not open.
 */
export function isSurfaceOpen(settings: Settings, surface: Openable): boolean {
  if (openedSurfaces(settings.access).includes(surface)) return true;
  if (!isLoopback(settings.gateway.host) || settings.access.signIn === 'always') return false;
  if (surface === 'metrics') return false;
  return surface === 'hook' ? settings.hook.token === '' : isOpen(settings);
}

/** What a role with a restriction may have: everything else tells of studies, or stores among them. */
const RESTRICTABLE: readonly Scope[] = ['dicomweb:read', 'viewer'];

/** @throws AppError `CONFIG_INVALID` for an issuer's name that means a role that does not exist */
function checkRoleNames({ roles, oidc }: Settings): void {
  const unknown = [...oidc.roleNames.values()].find((role) => !Object.hasOwn(roles, role));
  if (unknown === undefined) return;
  throw new AppError('CONFIG_INVALID', `Settings: oidc.roleNames: there is no role ${unknown} in roles`, {
    settings: ['oidc.roleNames'],
  });
}

/**
 * @throws AppError `CONFIG_INVALID` for a restricted role that does not exist, or that may do what is not restricted, and
 * for labels of an archive that has none
 */
function checkRestrictions({ roles, restrictions, archive }: Settings): void {
  for (const [role, { labels }] of Object.entries(restrictions)) {
    if (labels.length > 0 && archive.orthancUrl === '') {
      throw new AppError('CONFIG_INVALID', `Settings: restrictions.${role}: labels need archive.orthancUrl`, {
        settings: ['archive.orthancUrl'],
      });
    }
    const scopes = Object.hasOwn(roles, role) ? roles[role] : undefined;
    const problem = scopes ? scopes.find((scope) => !RESTRICTABLE.includes(scope)) : 'no';
    if (problem === undefined) continue;
    const detail = scopes
      ? `the role may have ${RESTRICTABLE.join(' and ')} only, not ${problem}`
      : 'there is no such role in roles';
    throw new AppError('CONFIG_INVALID', `Settings: restrictions.${role}: ${detail}`, {
      settings: [`restrictions.${role}`],
    });
  }
}

/**
 * Health data must not be offered to a network by an oversight: listening beyond loopback needs tokens that cannot be
 * guessed, or a surface that is opened by name; and no role may have the token of another role or of machines.
 * @throws AppError `CONFIG_INVALID` naming the settings
 */
export function protect(settings: Settings): Settings {
  checkRestrictions(settings);
  checkRoleNames(settings);
  const tokens = tokensOf(settings).filter(([name]) => name !== 'hook.token');
  const twice = tokens.find(([, token], index) => tokens.findIndex((other) => other[1] === token) !== index);
  if (twice) {
    throw new AppError('CONFIG_INVALID', `Settings: ${twice[0]} must differ from the other tokens`, {
      settings: [twice[0]],
    });
  }
  if (settings.dicomweb.token !== '' && isOpen(settings)) {
    throw new AppError(
      'CONFIG_INVALID',
      'Settings: dicomweb.token is set, so admin.token must be set; without it everybody on this machine is admin',
      { settings: ['admin.token'] },
    );
  }
  if (isLoopback(settings.gateway.host)) return settings;
  const byKeys = settings.access.signIn === 'always';
  const missing = [
    ...(settings.admin.token || settings.oidc.issuer || byKeys ? [] : ['admin.token']),
    ...(settings.hook.token || byKeys || isSurfaceOpen(settings, 'hook') ? [] : ['hook.token']),
  ];
  const short = tokensOf(settings).find(([, token]) => token.length < SHORTEST_TOKEN);
  if (missing.length === 0 && short) {
    throw new AppError(
      'CONFIG_INVALID',
      `Settings: gateway.host is not loopback, so ${short[0]} must have at least ${SHORTEST_TOKEN} characters`,
      { settings: [short[0]] },
    );
  }
  if (missing.length === 0) return settings;
  throw new AppError(
    'CONFIG_INVALID',
    `Settings: gateway.host is not loopback, so ${missing.join(' and ')} must be set`,
    { settings: missing },
  );
}

/** What is allowed but should not stay so, in words for the log. */
export function settingWarnings(settings: Settings): string[] {
  const tokens = tokensOf(settings);
  const shared = tokens.filter(([name, token]) => name !== 'hook.token' && token === settings.hook.token);
  const opened = isLoopback(settings.gateway.host) ? [] : openedSurfaces(settings.access);
  return [
    ...opened.map((surface) => `access.open lets everybody in the network use ${surface} without sign-in`),
    ...shared.map(([name]) => `hook.token is the same as ${name}: the archive could administrate`),
  ];
}

/** The tokens that are set. */
function tokensOf({ admin, hook, dicomweb, metrics }: Settings): [name: string, token: string][] {
  const all: [string, string][] = [
    ['admin.token', admin.token],
    ['admin.operatorToken', admin.operatorToken],
    ['admin.viewerToken', admin.viewerToken],
    ['dicomweb.token', dicomweb.token],
    ['metrics.token', metrics.token],
    ['hook.token', hook.token],
  ];
  return all.filter(([, token]) => token !== '');
}
