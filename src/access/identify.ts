import type { Request } from 'express';
import { isOpen, type Settings } from '../config/index.js';
import { AppError, bearerToken, type Caller } from '../core/index.js';
import type { SessionGrant, Store } from '../store/index.js';
import { type ApiKeys, apiKeyIdIn, openApiKeys } from './api-keys.js';
import { isJwt, openIssuer, openOidcSignIn, type OidcSignIn, verifyAccessToken } from './oidc/index.js';
import { refuse } from './refusals.js';
import type { Refused } from './refused.js';
import { openRoles } from './roles.js';
import { sessionIdIn } from './session-cookie.js';
import { openSettingTokens } from './setting-tokens.js';

/**
 * Who sent a request, by its `Authorization` header, else by its session.
 * @returns undefined for nobody known
 * @throws AppError `UNAUTHORIZED` for a credential that is none of ours
 */
export type Identify = (req: Request) => Promise<Caller | undefined>;

/** Everything that turns credentials into callers. */
export interface Access {
  readonly identify: Identify;
  readonly apiKeys: ApiKeys;
  /** True when the request's caller is known by its session: another site's page may have sent it. */
  isBySession(req: Request): boolean;
  /**
   * Opens a session for who knows this token.
   * @returns the session's id, the only copy, and who it belongs to
   * @throws AppError `UNAUTHORIZED` for an unknown token, `FORBIDDEN` for one that no person uses
   */
  signIn(token: string): Promise<{ id: string; caller: Caller }>;
  /** Sign-in at the issuer; undefined where the settings name none. */
  readonly oidc: OidcSignIn | undefined;
  /**
   * Opens a session for whom the issuer has signed in.
   * @throws AppError `FORBIDDEN` for a person whose roles open nothing here
   */
  signInAs(grant: SessionGrant): Promise<{ id: string; caller: Caller }>;
  signOut(sessionId: string): Promise<void>;
}

/**
 * The one place where a credential becomes a caller: a token of the settings, an API key, an access token of the issuer,
 * the cookie of a session.
 */
export function openAccess(dependencies: {
  settings: Settings;
  store: Pick<Store, 'sessions' | 'apiKeys'>;
}): Access {
  const { settings, store } = dependencies;
  const { sessions } = store;
  const roles = openRoles(settings);
  const tokens = openSettingTokens(settings);
  const apiKeys = openApiKeys(store.apiKeys, roles);
  const issuer = openIssuer(settings.oidc);
  const isIssued = (token: string) => settings.oidc.issuer !== '' && isJwt(token);
  const known = new WeakMap<Request, { caller: Promise<Caller | undefined>; bySession: boolean }>();

  async function grantOf(token: string | undefined): Promise<SessionGrant | Refused> {
    if (token !== undefined && apiKeyIdIn(token) !== undefined) return apiKeys.grantOf(token);
    if (token !== undefined && isIssued(token)) return verifyAccessToken(token, settings.oidc, issuer);
    const named = tokens.rolesOf(token);
    if (named.length > 0) return { source: 'token', name: named.join('+'), roles: [...named] };
    return { reason: 'WRONG_CREDENTIAL', detail: 'The token is not known' };
  }

  /** Sessions of people end when the gateway is another client, or asks another issuer. */
  const { issuer: issuerUrl, clientId, clientSecret } = settings.oidc;
  const oidcSeal = issuerUrl === '' ? undefined : [issuerUrl, clientId, clientSecret].join('\0');
  const sealOf = async (grant: SessionGrant) => {
    if (grant.source === 'oidc') return oidcSeal;
    return grant.source === 'key' ? apiKeys.sealOf(grant) : tokens.sealOf(grant.roles);
  };

  /** Where nobody signs in everybody is administrator; the hook asks for its token all the same, where it has one. */
  function everybody(): Caller {
    const caller = roles.callerOf('loopback', ['admin']);
    const scopes = [...caller.scopes].filter((scope) => scope !== 'hook' || settings.hook.token === '');
    return { ...caller, scopes: new Set(scopes) };
  }

  async function findSession(req: Request): Promise<Caller | undefined> {
    const id = sessionIdIn(req.get('cookie'));
    const session = id === undefined ? undefined : await sessions.find(id, sealOf);
    return session && roles.callerOf(session.name, session.grant.roles);
  }

  async function openSession(grant: SessionGrant): Promise<{ id: string; caller: Caller }> {
    const { scopes } = roles.callerOf(grant.name, grant.roles);
    if (!scopes.has('viewer') && !scopes.has('admin:read')) {
      throw new AppError('FORBIDDEN', `${grant.name} has no role that opens the viewer or the console`);
    }
    const seal = await sealOf(grant);
    if (seal === undefined) throw new AppError('UNAUTHORIZED', 'The credential is not known any more');
    const { id, name } = await sessions.open(grant, seal);
    return { id, caller: roles.callerOf(name, grant.roles) };
  }

  async function look(req: Request): Promise<{ caller: Caller | undefined; bySession: boolean }> {
    const header = req.get('authorization');
    if (isOpen(settings)) {
      const named = tokens.rolesOf(bearerToken(header));
      const caller =
        named.length > 0 ? roles.callerOf(`token:${named.join('+')}`, ['admin', ...named]) : everybody();
      return { caller, bySession: false };
    }
    if (header === undefined) {
      const caller = await findSession(req);
      return { caller, bySession: caller !== undefined };
    }
    const grant = await grantOf(bearerToken(header));
    if ('reason' in grant) throw refuse(req, grant);
    return { caller: roles.callerOf(`${grant.source}:${grant.name}`, grant.roles), bySession: false };
  }

  return {
    apiKeys,
    async identify(req) {
      let entry = known.get(req);
      if (!entry) {
        const found = look(req);
        entry = { caller: found.then(({ caller }) => caller), bySession: false };
        known.set(req, entry);
        entry.bySession = await found.then(
          ({ bySession }) => bySession,
          () => false,
        );
      }
      return entry.caller;
    },
    isBySession: (req) => known.get(req)?.bySession ?? false,
    async signIn(token) {
      const grant = await grantOf(token);
      if ('reason' in grant) throw new AppError('UNAUTHORIZED', grant.detail);
      return openSession(grant);
    },
    oidc:
      settings.oidc.issuer === '' || settings.oidc.clientId === ''
        ? undefined
        : openOidcSignIn(settings.oidc, issuer),
    signInAs: openSession,
    signOut: (id) => sessions.end(id),
  };
}
