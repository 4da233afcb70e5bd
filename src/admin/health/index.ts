/** The light on every page: whether every part of the chain answers. */
export { healthEndpoints } from './health-endpoint.js';
