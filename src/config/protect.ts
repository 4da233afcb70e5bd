import { AppError, isLoopback } from '../core/index.js';
import type { Settings } from './schema.js';

const SHORTEST_TOKEN = 16;

/** True when nobody has to sign in: no admin token is set, which the settings allow on loopback only. */
export const isOpen = ({ token, operatorToken, viewerToken }: Settings['admin']): boolean =>
  [token, operatorToken, viewerToken].every((text) => text === '');

/** What may be used without sign-in where `access.open` names it. */
export type Surface = 'dicomweb' | 'viewer' | 'hook';

/** The surfaces that `access.open` names. */
const openedSurfaces = ({ open }: Settings['access']): readonly string[] =>
  open.split(/[, ]+/).filter(Boolean);

/**
 * True for a surface that anybody may use: one that `access.open` names, and on loopback the viewer and DICOMweb while
 * nobody has to sign in, the hook while it has no token.
 */
export function isSurfaceOpen(settings: Settings, surface: Surface): boolean {
  if (openedSurfaces(settings.access).includes(surface)) return true;
  if (!isLoopback(settings.gateway.host)) return false;
  return surface === 'hook' ? settings.hook.token === '' : isOpen(settings.admin);
}

/**
 * Health data must not be offered to a network by an oversight: listening beyond loopback needs tokens that cannot be
 * guessed, or a surface that is opened by name; and no role may have the token of another role or of machines.
 * @throws AppError `CONFIG_INVALID` naming the settings
 */
export function protect(settings: Settings): Settings {
  const tokens = tokensOf(settings).filter(([name]) => name !== 'hook.token');
  const twice = tokens.find(([, token], index) => tokens.findIndex((other) => other[1] === token) !== index);
  if (twice) {
    throw new AppError('CONFIG_INVALID', `Settings: ${twice[0]} must differ from the other tokens`, {
      settings: [twice[0]],
    });
  }
  if (settings.dicomweb.token !== '' && isOpen(settings.admin)) {
    throw new AppError(
      'CONFIG_INVALID',
      'Settings: dicomweb.token is set, so admin.token must be set; without it everybody on this machine is admin',
      { settings: ['admin.token'] },
    );
  }
  if (isLoopback(settings.gateway.host)) return settings;
  const missing = [
    ...(settings.admin.token ? [] : ['admin.token']),
    ...(settings.hook.token || isSurfaceOpen(settings, 'hook') ? [] : ['hook.token']),
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
function tokensOf({ admin, hook, dicomweb }: Settings): [name: string, token: string][] {
  const all: [string, string][] = [
    ['admin.token', admin.token],
    ['admin.operatorToken', admin.operatorToken],
    ['admin.viewerToken', admin.viewerToken],
    ['dicomweb.token', dicomweb.token],
    ['hook.token', hook.token],
  ];
  return all.filter(([, token]) => token !== '');
}
