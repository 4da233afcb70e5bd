/** Audit messages of PS3.15 §A.5: who did what with whose images, to a syslog receiver and to the audit log. */
export { actorOf } from './actor-of.js';
export { type AuditEvent, loggableQuery } from './event.js';
export { type Audit, openAudit } from './open-audit.js';
export { deletionEvent, runEvents } from './run-events.js';
export { receiverAddress } from './syslog-sender.js';
