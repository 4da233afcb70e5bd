/** Credentials of machines and people that an administrator hands out. */
export { apiKeysEndpoints } from './api-keys-endpoints.js';
