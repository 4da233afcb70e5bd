import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditEvent, loggableQuery } from '../../src/audit/event.js';
import { auditMessage, type AuditSource } from '../../src/audit/message.js';
import { deletionEvent } from '../../src/audit/run-events.js';
import { syslogMessage, tlsFrame } from '../../src/audit/syslog-message.js';
import { mustFollowSchema, readAudit, syslogParts } from '../support/audit-receiver.js';

const AT = new Date('2026-11-29T01:02:03.456Z');
const SOURCE: AuditSource = { process: 'gateway', pid: 42, hostname: 'pacs', sourceId: 'pacs', siteId: '' };
const by = (name: string, status = 200) => ({
  actor: { name, roles: ['viewer'], address: '192.0.2.7' },
  status,
  operation: 'op',
  requestId: 'r',
});
const study = '1.2.840.99.1';

/** One of each kind. */
const EVENTS: readonly AuditEvent[] = [
  { type: 'Application Start' },
  { type: 'Application Stop' },
  { type: 'Login', ...by('session:viewer:1') },
  { type: 'Login', ...by('unknown', 401) },
  { type: 'Logout', ...by('session:viewer:1') },
  { type: 'DICOM Instances Accessed', action: 'R', study, ...by('key:a') },
  { type: 'DICOM Instances Accessed', action: 'U', study, ...by('key:a', 500) },
  { type: 'Begin Transferring DICOM Instances', direction: 'store', study, ...by('key:a') },
  { type: 'Begin Transferring DICOM Instances', direction: 'retrieve', study, ...by('key:a') },
  { type: 'DICOM Instances Transferred', direction: 'store', study, ...by('key:a') },
  { type: 'DICOM Instances Transferred', direction: 'retrieve', study, ...by('key:a') },
  { type: 'Query', query: '/dicom-web/studies?PatientName=*', ...by('key:a') },
  {
    type: 'Security Alert',
    alert: 'Software Configuration',
    subject: '/admin/v1/putRouting',
    description: 'putRouting',
    ...by('token:admin'),
  },
  { type: 'Audit Log Used', ...by('token:admin') },
];
const messageOf = (event: AuditEvent) => auditMessage(event, SOURCE, AT);

describe('an audit message', () => {
  it('follows the schema of PS3.15 A.5.1, of whatever it tells', () => {
    mustFollowSchema(EVENTS.map(messageOf));
    mustFollowSchema([auditMessage(EVENTS[0]!, { ...SOURCE, siteId: 'St Anna' }, AT)]);
  });

  it('that breaks the schema is found by this check', () => {
    const whole = messageOf(EVENTS[5]!);
    for (const broken of [
      whole.replace(/<ParticipantObjectName>.*<\/ParticipantObjectName>/, ''),
      whole.replace('EventOutcomeIndicator="0"', 'EventOutcomeIndicator="1"'),
      whole.replace(/ UserID="[^"]*"/, ''),
      whole.replace('csd-code', 'code'),
    ]) {
      expect(broken).not.toBe(whole);
      expect(() => mustFollowSchema([broken])).toThrow();
    }
  });

  it('has the codes of PS3.16 for its event, and who acted from where', () => {
    const read = EVENTS.map((event) => readAudit(messageOf(event)));
    expect(read.map(({ code, type }) => (type === undefined ? code : `${code} ${type}`))).toEqual([
      ...['110100 Application Start', '110100 Application Stop'],
      ...['110114 Login', '110114 Login', '110114 Logout'],
      ...['110103', '110103', '110102', '110102', '110104', '110104'],
      ...['110112', '110113 Software Configuration', '110101'],
    ]);
    for (const { event, participants } of read.slice(2)) {
      expect([event, participants]).toEqual([
        event,
        expect.arrayContaining([expect.objectContaining({ address: '192.0.2.7' })]),
      ]);
      expect(participants.filter(({ requestor }) => requestor).length).toBeLessThanOrEqual(1);
    }
    expect(read[3]).toMatchObject({ outcome: '4' });
    expect(read[6]).toMatchObject({ outcome: '8', action: 'U', object: study });
  });

  it('of a deletion says what was done (D), to which study, and by nobody but the worker', () => {
    const xml = auditMessage(deletionEvent(study, 'c'), { ...SOURCE, process: 'worker' }, AT);
    mustFollowSchema([xml]);
    const read = readAudit(xml);
    expect(read).toMatchObject({ code: '110103', action: 'D', outcome: '0', object: study });
    expect(read.participants.map(({ user }) => user)).toEqual(['esp-medsam worker']);
  });

  it('is well-formed ASCII whatever a name holds', { timeout: 60_000 }, () => {
    const documents = fc
      .sample(fc.string({ unit: 'binary', maxLength: 60 }), 60)
      .map((name) => messageOf({ type: 'Login', ...by(name) }));
    mustFollowSchema(documents);
    for (const xml of documents) expect(xml).toMatch(/^[\x20-\x7e]*$/);
  });
});

describe('a syslog message', () => {
  it('has the header that RFC 5424 and PS3.15 A.6 ask for', () => {
    const parts = { at: AT, hostname: 'pacs', pid: 42, message: '<x/>' };
    expect(syslogParts(syslogMessage({ ...parts, isSuccess: true }))).toEqual({
      priority: '85',
      at: '2026-11-29T01:02:03.456Z',
      hostname: 'pacs',
      app: 'esp-medsam',
      pid: '42',
      msgid: 'DICOM+RFC3881',
      xml: '<x/>',
    });
    expect(syslogParts(syslogMessage({ ...parts, isSuccess: false })).priority).toBe('84');
  });

  it('is framed over TLS by its length in octets (RFC 5425)', () => {
    expect(tlsFrame('<85>1 x')).toBe('7 <85>1 x');
  });
});

describe('a search in the audit', () => {
  it.each([
    ['/dicom-web/studies', '/dicom-web/studies'],
    ['/dicom-web/studies?PatientName=DOE%5EJANE&limit=5', '/dicom-web/studies?PatientName=*&limit=5'],
    ['/dicom-web/studies?00100010=DOE*&StudyDate=20200101', '/dicom-web/studies?00100010=*&StudyDate=*'],
    [
      '/dicom-web/studies?StudyInstanceUID=1.2.3&includefield=all',
      '/dicom-web/studies?StudyInstanceUID=1.2.3&includefield=all',
    ],
    ['/admin/v1/studies?search=doe', '/admin/v1/studies?search=*'],
  ])('%s has no value that may be a patient’s', (sent, kept) => {
    expect(loggableQuery(sent)).toBe(kept);
  });

  it('never holds what was searched by, whatever its name', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9.]{1,20}$/), (name) => {
        const kept = loggableQuery(`/dicom-web/studies?${name}=Zzyzx`);
        const isPlain =
          /^(limit|offset|.*matching|includefield|.*UID|Modalit.*|000800(18|6[01])|0020000[DE])$/i.test(name);
        if (!isPlain) expect(kept).not.toContain('Zzyzx');
      }),
    );
  });

  it('is cut before it gets too long for a message', () => {
    expect(loggableQuery(`/dicom-web/studies?includefield=${'a'.repeat(5000)}`).length).toBeLessThan(2000);
  });
});
