import { archiveLoginKind, type ArchiveLoginKind } from '../../config/index.js';
import type { Check } from '../check.js';
import { fail, ok, skipped } from '../finding.js';
import type { Challenge } from '../probes/challenge.js';
import { settingName } from '../setting-name.js';

const OURS: Readonly<Record<ArchiveLoginKind, string>> = {
  none: 'without a log-in',
  basic: 'with user and password',
  token: 'with the token of archive.token',
  'token-file': 'with the token of archive.tokenFile',
  'client-credentials': 'with a token for archive.oidcClientId',
};

const USER = `${settingName('archive.username')} and ${settingName('archive.password')}`;
const TOKENS = `${settingName('archive.oidcIssuer')} and ${settingName('archive.oidcClientId')}`;

/** Whether the archive lets us in, and if not, what it asks for. */
export const archiveCredentials: Check = {
  id: 'archive.credentials',
  title: 'The archive accepts our log-in',
  async run({ settings, probes }) {
    const [dicomweb, orthanc] = await Promise.all([probes.archive(), probes.orthanc()]);
    const kind = archiveLoginKind(settings.archive);
    const noLogin =
      dicomweb.kind === 'no-login' ? dicomweb : orthanc.kind === 'no-login' ? orthanc : undefined;
    if (noLogin) return fail(noLogin.reason, noLogin.advice, noLogin.setting);
    const denied = dicomweb.kind === 'denied' ? dicomweb : orthanc.kind === 'denied' ? orthanc : undefined;
    if (denied) {
      const { advice, setting } = adviceFor(kind, denied.status, denied.challenge);
      return fail(
        `The archive answers ${denied.status} to us ${OURS[kind]}${wants(denied.challenge)}`,
        advice,
        setting,
      );
    }
    if (dicomweb.kind === 'unreachable') return skipped('The archive does not answer');
    return ok(kind === 'none' ? 'The archive asks for no log-in' : `It lets us in ${OURS[kind]}`);
  },
};

function wants({ schemes, error }: Challenge): string {
  const named =
    schemes.length === 0
      ? ''
      : `; it asks for ${schemes.map((scheme) => NAMES[scheme] ?? scheme).join(' or ')}`;
  return error === undefined ? named : `${named} (${error})`;
}

const NAMES: Readonly<Record<string, string>> = {
  basic: 'HTTP Basic',
  bearer: 'a Bearer token',
  digest: 'HTTP Digest',
  negotiate: 'Kerberos (Negotiate)',
  ntlm: 'NTLM',
  dpop: 'a DPoP token',
  'aws4-hmac-sha256': "AWS's signature",
};

interface Advice {
  readonly advice: string;
  readonly setting: string;
}

function adviceFor(kind: ArchiveLoginKind, status: number, { schemes, error, scope }: Challenge): Advice {
  const isToken = kind === 'token' || kind === 'token-file' || kind === 'client-credentials';
  if (status === 403 || error === 'insufficient_scope') {
    const scopes = scope === undefined ? '' : ` It names the scope ${scope}.`;
    return isToken
      ? {
          advice: `The token is known, but may not do this. Give its client the right in the archive, or ask for another scope.${scopes}`,
          setting: kind === 'client-credentials' ? settingName('archive.oidcScope') : settingOf(kind),
        }
      : {
          advice:
            'Let this user search, retrieve and store in the archive. A proxy or firewall may also refuse our address.',
          setting: kind === 'none' ? USER : settingOf(kind),
        };
  }
  if (schemes.includes('bearer') && !isToken) {
    const basic = schemes.includes('basic') && kind === 'none';
    return {
      advice:
        'It wants a Bearer token. Set issuer, client and secret of OAuth 2.0 client credentials, or archive.tokenFile where ' +
        `somebody else renews the token; docs/archives.md has recipes.${basic ? ' User and password would do as well.' : ''}`,
      setting: basic ? `${TOKENS}, or ${USER}` : TOKENS,
    };
  }
  if (isToken && (schemes.includes('bearer') || schemes.length === 0)) {
    return {
      advice:
        kind === 'client-credentials'
          ? 'The issuer gives a token that the archive does not accept. Compare the issuer and audience that the archive trusts with ours.'
          : 'The token has ended, or is for another archive. Tokens that end belong in archive.tokenFile or come from archive.oidcIssuer.',
      setting:
        kind === 'client-credentials'
          ? `${settingName('archive.oidcIssuer')}, ${settingName('archive.oidcAudience')} and ${settingName('archive.oidcScope')}`
          : settingOf(kind),
    };
  }
  if (schemes.includes('basic') || schemes.length === 0) {
    return {
      advice:
        'Set user and password to a pair of "RegisteredUsers" in orthanc.json, or to what the proxy in front wants.',
      setting: USER,
    };
  }
  return {
    advice:
      'None of these ways is offered here: HTTP Basic, a Bearer token, headers and a client certificate are. Let the archive, or a proxy in front of it, accept one of them.',
    setting: USER,
  };
}

function settingOf(kind: ArchiveLoginKind): string {
  if (kind === 'token') return settingName('archive.token');
  if (kind === 'token-file') return settingName('archive.tokenFile');
  return kind === 'client-credentials' ? TOKENS : USER;
}
