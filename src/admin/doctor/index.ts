/** The doctor over REST: findings, and the self-test. */
export { doctorEndpoints } from './doctor-endpoints.js';
