/** How the administrator's REST is described, served and documented: one description an endpoint. */
export { endpoint, type AdminRequest, type Client, type Endpoint, type Reply } from './endpoint.js';
export { mountEndpoints, type MountParts } from './mount.js';
export { openApiDocument } from './openapi.js';
