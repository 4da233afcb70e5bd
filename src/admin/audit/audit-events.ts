import { actorOf, type AuditEvent, loggableQuery } from '../../audit/index.js';
import { isUid } from '../../core/index.js';
import { type AuditEntry, NOBODY } from '../../store/index.js';
import type { Endpoint } from '../http/index.js';

/** Subjects whose changes decide who may do what, and those whose changes decide what the software does. */
const SECURITY_TAGS: ReadonlySet<string> = new Set(['API keys']);
const SOFTWARE_TAGS: ReadonlySet<string> = new Set(['models', 'routing', 'Webhooks', 'workers', 'settings']);

/**
 * What a POST, PUT or DELETE is in the audit: a login or logout, an access to a study that is processed anew, a changed
 * configuration, else the use of a function that not everybody has.
 * @returns undefined for what the refusals tell of, and for signing out of no session
 */
export function changeEvent(entry: AuditEntry, endpoint: Pick<Endpoint, 'tag'>): AuditEvent | undefined {
  const common = ofEntry(entry);
  if (endpoint.tag === 'session') {
    if (entry.status >= 400 || entry.actor === NOBODY.name) return undefined;
    return { type: entry.operation === 'signOut' ? 'Logout' : 'Login', ...common };
  }
  if (entry.status === 401 || entry.status === 403) return undefined;
  const { uid } = entry.target;
  if (uid !== undefined && isUid(uid)) {
    const action = entry.operation === 'explainStudy' ? 'R' : 'U';
    return { type: 'DICOM Instances Accessed', action, study: uid, ...common };
  }
  const alert = SECURITY_TAGS.has(endpoint.tag)
    ? 'Security Configuration'
    : SOFTWARE_TAGS.has(endpoint.tag)
      ? 'Software Configuration'
      : 'Use of Restricted Function';
  const target = Object.values(entry.target).join('/');
  const subject = `/admin/v1/${entry.operation}${target === '' ? '' : `/${target}`}`;
  return { type: 'Security Alert', alert, subject, description: entry.operation, ...common };
}

/** What a GET that shows something of patients, or the audit log, is in the audit. */
export function disclosureEvent(
  entry: AuditEntry,
  endpoint: Pick<Endpoint, 'discloses'>,
  target: string,
): AuditEvent {
  const common = ofEntry(entry);
  if (endpoint.discloses === 'audit log') return { type: 'Audit Log Used', ...common };
  const { uid } = entry.target;
  if (endpoint.discloses === 'images' && uid !== undefined && isUid(uid))
    return { type: 'DICOM Instances Accessed', action: 'R', study: uid, ...common };
  return { type: 'Query', query: loggableQuery(target), ...common };
}

function ofEntry({ actor, role, address, status, operation, requestId }: AuditEntry) {
  const caller = { name: actor, roles: role.split('+').filter(Boolean), scopes: new Set<never>() };
  return { actor: actorOf(caller, address), status, operation, requestId };
}
