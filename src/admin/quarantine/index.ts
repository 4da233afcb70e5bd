/** Studies that failed for good. */
export { quarantineEndpoints } from './quarantine-endpoints.js';
