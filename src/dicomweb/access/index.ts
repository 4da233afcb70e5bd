/** What guards the surfaces of the gateway. */
export { GATEWAY_ROUTES, type Route } from './routes.js';
export { openGuards } from './surfaces.js';
