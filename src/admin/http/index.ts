/** How the administrator's REST is described, served and documented: one description an endpoint. */
export { type Client, endpoint, type Endpoint } from './endpoint.js';
export { mountEndpoints } from './mount.js';
export { openApiDocument } from './openapi.js';
