/** Results by device and week, and what has drifted. */
export { driftEndpoints } from './drift-endpoint.js';
