import type { Refusal } from '../../access/index.js';
import { actorOf, type AuditEvent } from '../../audit/index.js';

const UNKNOWN = { name: 'unknown', roles: [] };

/**
 * A refusal as an event of the audit: wrong credentials are failed logins, guessing that was stopped and what a caller
 * may not do are security alerts. A request without any credential is none: browsers begin that way.
 */
export function refusalEvent(refusal: Refusal): AuditEvent | undefined {
  const { reason, caller, address, surface, method, status, requestId } = refusal;
  if (reason === 'NO_CREDENTIAL') return undefined;
  const common = {
    actor: actorOf(caller ?? UNKNOWN, address),
    status,
    requestId,
  };
  if (reason === 'TOO_MANY' || reason === 'NOT_ALLOWED') {
    return {
      type: 'Security Alert',
      alert: reason === 'TOO_MANY' ? 'Node Authentication' : 'Use of Restricted Function',
      subject: surface,
      description: reason,
      operation: method,
      ...common,
    };
  }
  return { type: 'Login', operation: reason, ...common };
}
