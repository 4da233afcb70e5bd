/** The audit log: every change with its actor, kept in Redis and readable by administrators. */
export { auditEndpoints, auditLogOf } from './audit-endpoints.js';
