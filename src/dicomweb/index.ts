/** The Express gateway: DICOMweb pass-through, hooks, health, viewer. */
export { createGatewayServer } from './http/http-server.js';
export { createGateway, type Observation } from './app.js';
export { GATEWAY_ROUTES, type Route } from './access/index.js';
