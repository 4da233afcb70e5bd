/** The audit log: every change with its actor, kept in Redis and readable by administrators. */
export { auditEndpoints } from './audit-endpoints.js';
export { changeEvent, disclosureEvent, keepChange } from './audit-events.js';
