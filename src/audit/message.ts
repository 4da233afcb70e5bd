import { isIP } from 'node:net';
import { type Actor, type AlertType, type AuditEvent, type OfRequest, outcomeOf } from './event.js';
import { element, type Xml, xmlText } from './xml.js';

/** Who reports: this process. */
export interface AuditSource {
  /** `gateway` or `worker`. */
  readonly process: string;
  readonly pid: number;
  readonly hostname: string;
  /** AuditSourceID. */
  readonly sourceId: string;
  /** AuditEnterpriseSiteID; empty for none. */
  readonly siteId: string;
}

/** EventID (PS3.16 CID 400) and EventTypeCode (CID 401) of each event. */
const EVENTS: Readonly<
  Record<AuditEvent['type'], { id: string; name: string; action: string; typeCode?: string }>
> = {
  'Application Start': { id: '110100', name: 'Application Activity', action: 'E', typeCode: '110120' },
  'Application Stop': { id: '110100', name: 'Application Activity', action: 'E', typeCode: '110121' },
  Login: { id: '110114', name: 'User Authentication', action: 'E', typeCode: '110122' },
  Logout: { id: '110114', name: 'User Authentication', action: 'E', typeCode: '110123' },
  'DICOM Instances Accessed': { id: '110103', name: 'DICOM Instances Accessed', action: 'R' },
  'Begin Transferring DICOM Instances': {
    id: '110102',
    name: 'Begin Transferring DICOM Instances',
    action: 'E',
  },
  // Who does not know whether the receiver had them says R (§A.5.3.7).
  'DICOM Instances Transferred': { id: '110104', name: 'DICOM Instances Transferred', action: 'R' },
  Query: { id: '110112', name: 'Query', action: 'E' },
  'Security Alert': { id: '110113', name: 'Security Alert', action: 'E' },
  'Audit Log Used': { id: '110101', name: 'Audit Log Used', action: 'R' },
};

const ALERTS: Readonly<Record<AlertType, string>> = {
  'Node Authentication': '110126',
  'Security Configuration': '110129',
  'Software Configuration': '110131',
  'Use of Restricted Function': '110132',
  'Audit Recording Started': '110134',
};

/** PS3.16 CID 402. */
const ROLE = { application: '110150', destination: '110152', source: '110153' } as const;
const ROLE_NAMES = {
  application: 'Application',
  destination: 'Destination Role ID',
  source: 'Source Role ID',
} as const;
type Role = keyof typeof ROLE;

/**
 * An event as the audit message of PS3.15 §A.5, in XML by the schema of §A.5.1. It names UIDs of studies, who acted and
 * from where; nothing else of a patient.
 */
export function auditMessage(event: AuditEvent, source: AuditSource, at: Date): string {
  const root = element('AuditMessage', {}, [
    eventIdentification(event, at),
    ...participants(event, source),
    element(
      'AuditSourceIdentification',
      {
        ...(source.siteId === '' ? {} : { AuditEnterpriseSiteID: source.siteId }),
        AuditSourceID: source.sourceId,
      },
      // Application server process.
      [element('AuditSourceTypeCode', { 'csd-code': '4' })],
    ),
    ...objects(event),
  ]);
  return xmlText(root);
}

function eventIdentification(event: AuditEvent, at: Date): Xml {
  const { id, name, action, typeCode } = EVENTS[event.type];
  const type = event.type === 'Security Alert' ? ALERTS[event.alert] : typeCode;
  const typeName = event.type === 'Security Alert' ? event.alert : event.type;
  return element(
    'EventIdentification',
    {
      EventActionCode: 'action' in event ? event.action : action,
      EventDateTime: at.toISOString(),
      EventOutcomeIndicator: String(outcomeOf(event)),
    },
    [code('EventID', id, name), ...(type === undefined ? [] : [code('EventTypeCode', type, typeName)])],
  );
}

const nameOf = ({ process }: Pick<AuditSource, 'process'>) => `esp-medsam ${process}`;

function participants(event: AuditEvent, source: AuditSource): Xml[] {
  const us = (...roles: Role[]) => ourselves(source, roles);
  switch (event.type) {
    case 'Application Start':
    case 'Application Stop':
      return [us('application')];
    case 'Begin Transferring DICOM Instances':
    case 'DICOM Instances Transferred':
      if (event.direction === 'store') return [person(event.actor, 'source'), us('destination')];
      if (event.direction === 'retrieve') return [us('source'), person(event.actor, 'destination')];
      return [us('source'), person(event.actor, 'destination', false)];
    case 'Query':
      return [person(event.actor, 'source'), us('destination')];
    case 'Security Alert':
      // The reporting process is the requestor: those whom it reports shall not be (§A.5.3.11).
      return [us(), person(event.actor, undefined, false)];
    default:
      // What a worker does of itself has one participant.
      return event.actor.name === nameOf(source) ? [us()] : [person(event.actor), us()];
  }
}

function person({ name, address }: Actor, role?: Role, isRequestor = true): Xml {
  const version = isIP(address);
  const where =
    version === 0
      ? { NetworkAccessPointTypeCode: '1', NetworkAccessPointID: address || 'unknown' }
      : { NetworkAccessPointTypeCode: '2', NetworkAccessPointID: address };
  return element(
    'ActiveParticipant',
    { UserID: name, UserIsRequestor: String(isRequestor), ...where },
    role === undefined ? [] : [roleCode(role)],
  );
}

function ourselves(source: AuditSource, roles: readonly Role[]): Xml {
  const { pid, hostname } = source;
  return element(
    'ActiveParticipant',
    {
      UserID: nameOf(source),
      AlternativeUserID: String(pid),
      UserIsRequestor: 'false',
      NetworkAccessPointTypeCode: '1',
      NetworkAccessPointID: hostname,
    },
    roles.map(roleCode),
  );
}

function objects(event: AuditEvent): Xml[] {
  switch (event.type) {
    case 'DICOM Instances Accessed':
    case 'Begin Transferring DICOM Instances':
    case 'DICOM Instances Transferred':
      return [study(event.study)];
    case 'Query':
      return [
        object(
          { id: event.operation, typeCode: '2', role: '24' },
          code('ParticipantObjectIDTypeCode', event.operation, event.operation, 'ESP-MedSAM'),
          element('ParticipantObjectQuery', {}, [base64(event.query)]),
        ),
      ];
    case 'Security Alert':
      return [
        object(
          { id: event.subject, typeCode: '2', role: '13' },
          code('ParticipantObjectIDTypeCode', '12', 'URI', 'RFC-3881'),
          element('ParticipantObjectName', {}, [event.operation]),
          element('ParticipantObjectDetail', { type: 'Alert Description', value: base64(event.description) }),
        ),
      ];
    case 'Audit Log Used':
      return [
        object(
          { id: '/admin/v1/audit', typeCode: '2', role: '13' },
          code('ParticipantObjectIDTypeCode', '12', 'URI', 'RFC-3881'),
          element('ParticipantObjectName', {}, ['Security Audit Log']),
        ),
      ];
    default:
      return [];
  }
}

const study = (uid: string) =>
  object(
    { id: uid, typeCode: '2', role: '3' },
    code('ParticipantObjectIDTypeCode', '110180', 'Study Instance UID'),
    element('ParticipantObjectName', {}, ['study']),
  );

const object = (
  { id, typeCode, role }: { id: string; typeCode: string; role: string },
  ...content: Xml[]
): Xml =>
  element(
    'ParticipantObjectIdentification',
    {
      ParticipantObjectID: id,
      ParticipantObjectTypeCode: typeCode,
      ParticipantObjectTypeCodeRole: role,
    },
    content,
  );

const roleCode = (role: Role) => code('RoleIDCode', ROLE[role], ROLE_NAMES[role]);
const code = (name: string, value: string, meaning: string, system = 'DCM'): Xml =>
  element(name, {
    'csd-code': value,
    codeSystemName: system,
    displayName: meaning,
    originalText: meaning,
  });
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** True for an event that a request brought about. */
export const isOfRequest = (event: AuditEvent): event is AuditEvent & OfRequest => 'actor' in event;
