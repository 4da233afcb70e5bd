import type { Dispatcher } from 'undici';
import { archiveLoginKind, type Settings } from '../../config/index.js';
import { clientCredentialsLogin } from './client-credentials.js';
import { bearer, fixedLogin, type ArchiveLogin } from './login.js';
import { tokenFileLogin } from './token-file.js';

export type { ArchiveLogin } from './login.js';

/** The log-in that the settings describe. @param dispatcher connections for those that ask for a token */
export function openArchiveLogin(settings: Settings['archive'], dispatcher: Dispatcher): ArchiveLogin {
  switch (archiveLoginKind(settings)) {
    case 'none':
      return fixedLogin({});
    case 'basic': {
      const pair = Buffer.from(`${settings.username}:${settings.password}`, 'utf8').toString('base64');
      return fixedLogin({ authorization: `Basic ${pair}` });
    }
    case 'token':
      return fixedLogin(bearer(settings.token));
    case 'token-file':
      return tokenFileLogin(settings.tokenFile);
    case 'client-credentials':
      return clientCredentialsLogin(settings, dispatcher);
  }
}
