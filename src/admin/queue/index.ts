/** The queue as administrators see and steer it. */
export { queueEndpoints } from './queue-endpoints.js';
