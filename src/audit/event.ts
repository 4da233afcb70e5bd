/** Who acts. */
export interface Actor {
  /** As in the audit log: the credential's kind and name, `nobody` where nobody has to sign in. */
  readonly name: string;
  /** Roles of the settings. */
  readonly roles: readonly string[];
  /** Where the request comes from: an IP address, behind a trusted proxy that of its client. */
  readonly address: string;
}

/** What kind of security alert it is (PS3.16 CID 403). */
export type AlertType =
  | 'Node Authentication'
  | 'Security Configuration'
  | 'Software Configuration'
  | 'Use of Restricted Function'
  | 'Audit Recording Started';

/** What every event has that a request brought about. */
export interface OfRequest {
  readonly actor: Actor;
  /** HTTP status of the answer. */
  readonly status: number;
  /** operationId of the endpoint, or what the pass-through calls it. */
  readonly operation: string;
  readonly requestId: string;
}

/** What is told of: the audit messages of PS3.15 §A.5.3 that this software has. */
export type AuditEvent =
  | { readonly type: 'Application Start' | 'Application Stop' }
  | ({ readonly type: 'Login' | 'Logout' } & OfRequest)
  | ({
      readonly type: 'DICOM Instances Accessed';
      readonly action: 'R' | 'U' | 'D';
      readonly study: string;
    } & OfRequest)
  | ({
      readonly type: 'Begin Transferring DICOM Instances' | 'DICOM Instances Transferred';
      /** `store`: from the caller to us; `retrieve`: from us to the caller; `result`: from us to the archive, the actor. */
      readonly direction: 'store' | 'retrieve' | 'result';
      readonly study: string;
    } & OfRequest)
  | ({
      readonly type: 'Query';
      /** Path and parameters, without values that may be a patient's; see `loggableQuery`. */
      readonly query: string;
    } & OfRequest)
  | ({
      readonly type: 'Security Alert';
      readonly alert: AlertType;
      /** Path of what was changed or asked for, without what may be a patient's. */
      readonly subject: string;
      readonly description: string;
    } & OfRequest)
  | ({ readonly type: 'Audit Log Used' } & OfRequest);

/** Whether what was tried came about, as PS3.15 counts it: success, minor, serious failure. */
export function outcomeOf(event: AuditEvent): 0 | 4 | 8 {
  if (!('status' in event) || event.status < 400) return 0;
  return event.status < 500 ? 4 : 8;
}

/** Parameters whose values name no patient: how the answer is formed, UIDs, and what kind of study it is. */
const PLAIN_VALUES =
  /^(?:limit|offset|fuzzymatching|emptyvaluematching|multiplevaluematching|includefield|(?:Study|Series|SOP)InstanceUID|Modality|ModalitiesInStudy|0020000D|0020000E|00080018|00080060|00080061)$/i;
const MAX_QUERY = 1500;

/**
 * A search as it may be kept: names of all parameters, values of those that cannot be a patient's.
 * @param target path and query as they were sent
 */
export function loggableQuery(target: string): string {
  const [path, query] = target.split(/\?(.*)/s) as [string, string?];
  const pairs = (query ?? '')
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const name = pair.split('=', 1)[0]!;
      return PLAIN_VALUES.test(name) || !pair.includes('=') ? pair : `${name}=*`;
    });
  return [path, ...(pairs.length > 0 ? [pairs.join('&')] : [])].join('?').slice(0, MAX_QUERY);
}
