/** Who calls, and whether that suffices: by a token in the header, or by the cookie of a session. */
export { tokenRoles } from './identify-by-token.js';
export { CONSOLE_HEADER, identifyCaller } from './identify-caller.js';
export { requireRole, withRole } from './require-role.js';
export { noSessionCookie, sessionCookie, sessionIdIn } from './session-cookie.js';
