/** Studies: what is known of them, running them again, cancelling them, seeing their results. */
export { studiesEndpoints } from './studies-endpoints.js';
