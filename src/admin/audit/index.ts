/** The audit log: every change with its actor, kept in Redis and readable by administrators. */
export { openAuditLog, type AuditLine, type AuditLog, type AuditQuery } from '../../store/audit/audit-log.js';
export { auditEndpoints, auditLogOf } from './audit-endpoints.js';
