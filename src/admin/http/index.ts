/** How the administrator's REST is described, served and documented: one description an endpoint. */
export {
  endpoint,
  ROLES,
  type Actor,
  type AdminRequest,
  type Client,
  type Endpoint,
  type Reply,
  type Role,
} from './endpoint.js';
export { mountEndpoints, NOBODY, type AuditEntry, type MountParts } from './mount.js';
export { openApiDocument } from './openapi.js';
export { openOnce } from '../../store/idempotency/idempotency.js';
export { requireRole } from './require-role.js';
