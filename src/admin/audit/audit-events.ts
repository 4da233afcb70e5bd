import { actorOf, type AuditEvent, loggableQuery } from '../../audit/index.js';
import { isUid } from '../../core/index.js';
import { type AuditEntry, NOBODY } from '../../store/index.js';
import type { AdminDependencies } from '../dependencies.js';
import type { Endpoint } from '../http/index.js';

/** Operations on one study: read, or processed anew. */
const STUDY_ACTIONS: Readonly<Record<string, 'R' | 'U'>> = {
  reprocessStudy: 'U',
  replayQuarantined: 'U',
  explainStudy: 'R',
};

/** Operations that decide who may do what. */
const SECURITY: ReadonlySet<string> = new Set(['createApiKey', 'expireApiKey', 'revokeApiKey']);

/** Operations that decide what the software does from now on. */
const SOFTWARE: ReadonlySet<string> = new Set([
  ...['activateModel', 'rollBackModel', 'setShadowModel', 'putRouting'],
  ...['addWebhook', 'changeWebhook', 'removeWebhook'],
]);

/**
 * What a POST, PUT or DELETE is in the audit: a login or logout, an access to a study, a changed configuration, else the
 * use of a function that not everybody has.
 * @returns undefined for what the refusals tell of, and for signing out of no session
 */
export function changeEvent(entry: AuditEntry): AuditEvent | undefined {
  const common = ofEntry(entry);
  const { operation, status, target } = entry;
  if (['signIn', 'signOut', 'finishOidcSignIn'].includes(operation)) {
    if (status >= 400 || entry.actor === NOBODY.name) return undefined;
    return { type: operation === 'signOut' ? 'Logout' : 'Login', ...common };
  }
  if (status === 401 || status === 403) return undefined;
  const action = STUDY_ACTIONS[operation];
  if (action !== undefined && target.uid !== undefined && isUid(target.uid)) {
    return { type: 'DICOM Instances Accessed', action, study: target.uid, ...common };
  }
  const alert = SECURITY.has(operation)
    ? 'Security Configuration'
    : SOFTWARE.has(operation)
      ? 'Software Configuration'
      : 'Use of Restricted Function';
  const subject = ['/admin/v1', operation, ...Object.values(target)].join('/');
  return { type: 'Security Alert', alert, subject, description: operation, ...common };
}

/** Tells of a change and keeps it. */
export function keepChange(
  { store, audit }: Pick<AdminDependencies, 'store' | 'audit'>,
  entry: AuditEntry,
): Promise<void> {
  const event = changeEvent(entry);
  if (event) audit?.note(event);
  return store.audit.add(entry);
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
  const caller = { name: actor, roles: role.split('+').filter(Boolean) };
  return { actor: actorOf(caller, address), status, operation, requestId };
}
