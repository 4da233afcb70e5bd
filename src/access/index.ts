/** Who calls and what they may do: credential → caller with scopes → admitted or refused. */
export { apiKeyIdIn, type ApiKeys, DEFAULT_KEY_DAYS, openApiKeys } from './api-keys.js';
export { type Access, openAccess } from './identify.js';
export { noPendingCookie, type OidcSignIn, pendingCookie, pendingIn } from './oidc/index.js';
export { type Refusal, watchRefusals } from './refusals.js';
export { callerOf, CONSOLE_HEADER, requireScope, withScope } from './require-scope.js';
export { openRoles } from './roles.js';
export { noSessionCookie, sessionCookie, sessionIdIn } from './session-cookie.js';
