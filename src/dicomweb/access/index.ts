/** Who may use which surface of the gateway: credential → caller with scopes → admitted or refused. */
export { openIdentify } from './identify.js';
export { watchRefusals } from './refusals.js';
export { openGuards } from './surfaces.js';
