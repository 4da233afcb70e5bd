/** Sessions of people who signed in with a token, and who sent a request. */
export { CONSOLE_HEADER, identifyCaller } from './identify-caller.js';
export { sessionEndpoints } from './session-endpoints.js';
