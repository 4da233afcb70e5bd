import { AppError, isLoopback } from '../core/index.js';
import type { Settings } from './schema.js';

const SHORTEST_TOKEN = 16;

/** True when nobody has to sign in: no admin token is set, which the settings allow on loopback only. */
export const isOpen = ({ token, operatorToken, viewerToken }: Settings['admin']): boolean =>
  [token, operatorToken, viewerToken].every((text) => text === '');

/**
 * Health data must not be offered to a network by an oversight: listening beyond loopback needs both tokens, and no
 * role may have another role's token.
 * @throws AppError `CONFIG_INVALID` naming the settings
 */
export function protect(settings: Settings): Settings {
  const tokens = tokensOf(settings).filter(([name]) => name.startsWith('admin.'));
  const twice = tokens.find(([, token], index) => tokens.findIndex((other) => other[1] === token) !== index);
  if (twice) {
    throw new AppError('CONFIG_INVALID', `Settings: ${twice[0]} must differ from the other admin tokens`, {
      settings: [twice[0]],
    });
  }
  if (isLoopback(settings.gateway.host)) return settings;
  const missing = [
    ...(settings.admin.token ? [] : ['admin.token']),
    ...(settings.hook.token ? [] : ['hook.token']),
  ];
  if (missing.length === 0) return settings;
  throw new AppError(
    'CONFIG_INVALID',
    `Settings: gateway.host is not loopback, so ${missing.join(' and ')} must be set`,
    { settings: ['gateway.host', ...missing] },
  );
}

/** What is allowed but should not stay so, in words for the log. */
export function settingWarnings(settings: Settings): string[] {
  const tokens = tokensOf(settings);
  const short = isLoopback(settings.gateway.host)
    ? []
    : tokens.filter(([, token]) => token.length < SHORTEST_TOKEN);
  const shared = tokens.filter(([name, token]) => name !== 'hook.token' && token === settings.hook.token);
  return [
    ...short.map(([name]) => `${name} is shorter than ${SHORTEST_TOKEN} characters: it can be guessed`),
    ...shared.map(([name]) => `hook.token is the same as ${name}: the archive could administrate`),
  ];
}

/** The tokens that are set. */
function tokensOf({ admin, hook }: Settings): [name: string, token: string][] {
  const all: [string, string][] = [
    ['admin.token', admin.token],
    ['admin.operatorToken', admin.operatorToken],
    ['admin.viewerToken', admin.viewerToken],
    ['hook.token', hook.token],
  ];
  return all.filter(([, token]) => token !== '');
}
