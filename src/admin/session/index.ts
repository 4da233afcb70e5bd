/** Signing in and out. */
export { sessionEndpoints } from './session-endpoints.js';
