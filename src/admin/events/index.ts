/** What happens, as it happens: Server-Sent Events. */
export { eventsEndpoints } from './events-endpoint.js';
