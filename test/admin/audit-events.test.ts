import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changeEvent, disclosureEvent } from '../../src/admin/audit/index.js';
import type { AuditEntry } from '../../src/store/index.js';

const document = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, { operationId: string }>>;
};
const CHANGES = Object.values(document.paths).flatMap((methods) =>
  Object.entries(methods).flatMap(([method, { operationId }]) => (method === 'get' ? [] : [operationId])),
);
const entry = (operation: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  actor: 'token:admin',
  role: 'admin',
  address: '::ffff:192.0.2.7',
  operation,
  target: {},
  status: 200,
  requestId: 'r',
  ...more,
});

/** Every operation that changes something, by what it is in the audit. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'Security Configuration': ['createApiKey', 'expireApiKey', 'revokeApiKey'],
  'Software Configuration': [
    ...['activateModel', 'rollBackModel', 'setShadowModel', 'putRouting'],
    ...['addWebhook', 'changeWebhook', 'removeWebhook'],
  ],
  'Use of Restricted Function': [
    ...['cancelStudy', 'startBackfill', 'cancelBackfill', 'replayQuarantine', 'discardQuarantined'],
    ...[
      'pauseQueue',
      'resumeQueue',
      'drainQueue',
      'verifyModel',
      'validateRouting',
      'startSelfTest',
      'testWebhook',
    ],
  ],
  U: ['reprocessStudy', 'replayQuarantined'],
  R: ['explainStudy'],
  Login: ['signIn'],
  Logout: ['signOut'],
};

describe('a change over the administration, in the audit', () => {
  it('is of a known kind, whatever the operation', () => {
    expect([...CHANGES].sort()).toEqual(Object.values(KINDS).flat().sort());
    for (const [kind, operations] of Object.entries(KINDS)) {
      for (const operation of operations) {
        const event = changeEvent(entry(operation, { target: { uid: '1.2.3' } }))!;
        const is = 'alert' in event ? event.alert : 'action' in event ? event.action : event.type;
        expect([operation, is]).toEqual([operation, kind]);
        expect(event).toMatchObject({ actor: { name: 'token:admin', address: '192.0.2.7' } });
      }
    }
  });

  it('that is refused is told of once, as a refusal', () => {
    expect(changeEvent(entry('pauseQueue', { status: 403 }))).toBeUndefined();
    expect(changeEvent(entry('signIn', { status: 401, actor: 'nobody' }))).toBeUndefined();
  });
});

describe('a look over the administration, in the audit', () => {
  it('at pictures names the study, at lists what was asked without values', () => {
    const images = entry('previewStudy', { target: { uid: '1.2.3' } });
    expect(disclosureEvent(images, { discloses: 'images' }, '/x')).toMatchObject({
      type: 'DICOM Instances Accessed',
      action: 'R',
      study: '1.2.3',
    });
    const list = disclosureEvent(
      entry('listStudies'),
      { discloses: 'search' },
      '/admin/v1/studies?search=doe',
    );
    expect(list).toMatchObject({ type: 'Query', query: '/admin/v1/studies?search=*' });
  });
});
