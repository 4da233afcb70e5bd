import { AppError } from '../core/index.js';
import type { Settings } from './schema.js';

/** Ways to log in to an archive, by the settings that choose them. */
const LOGINS = {
  basic: 'username',
  token: 'token',
  'token-file': 'tokenFile',
  'client-credentials': 'oidcClientId',
} as const satisfies Record<string, keyof Settings['archive']>;

export type ArchiveLoginKind = keyof typeof LOGINS | 'none';

const kindsOf = (archive: Settings['archive']) =>
  (Object.keys(LOGINS) as (keyof typeof LOGINS)[]).filter((kind) => archive[LOGINS[kind]] !== '');

/** How the settings log in to the archive. */
export const archiveLoginKind = (archive: Settings['archive']): ArchiveLoginKind =>
  kindsOf(archive)[0] ?? 'none';

/**
 * One way to log in, and everything that it needs.
 * @throws AppError `CONFIG_INVALID` naming the settings
 */
export function checkArchiveLogin(settings: Settings): Settings {
  const { archive } = settings;
  const kinds = kindsOf(archive);
  if (kinds.length > 1) {
    const names = kinds.map((kind) => `archive.${LOGINS[kind]}`);
    throw invalid(`${names.join(' and ')} are two ways to log in; leave one`, names);
  }
  const kind = kinds[0] ?? 'none';
  const hasIssuer = [archive.oidcIssuer, archive.oidcTokenUrl].filter(Boolean).length;
  if (kind === 'client-credentials') {
    if (hasIssuer !== 1) {
      const names = ['archive.oidcIssuer', 'archive.oidcTokenUrl'];
      throw invalid(`archive.oidcClientId needs one of ${names.join(' and ')}`, names);
    }
    if (archive.oidcClientSecret === '' && archive.certFile === '') {
      throw invalid(
        'archive.oidcClientId needs archive.oidcClientSecret, or a client certificate in archive.certFile',
        ['archive.oidcClientSecret'],
      );
    }
  } else if (hasIssuer > 0 || archive.oidcClientSecret !== '') {
    throw invalid('archive.oidcClientId must be set for a log-in with OpenID Connect', [
      'archive.oidcClientId',
    ]);
  }
  if (
    kind !== 'none' &&
    Object.keys(archive.headers).some((name) => name.toLowerCase() === 'authorization')
  ) {
    throw invalid(`archive.headers sets Authorization, and so does archive.${LOGINS[kind]}; leave one`, [
      'archive.headers',
    ]);
  }
  if ((archive.certFile === '') !== (archive.keyFile === '')) {
    throw invalid('archive.certFile and archive.keyFile: set both or none', [
      'archive.certFile',
      'archive.keyFile',
    ]);
  }
  return settings;
}

const invalid = (message: string, settings: string[]) =>
  new AppError('CONFIG_INVALID', `Settings: ${message}`, { settings });
