import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phantomInstance } from '../../src/phantom/index.js';
import { eventually, startStack, type Stack } from '../support/stack.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';

let stack: Stack;
let gateway: TestGateway;

beforeAll(async () => {
  stack = await startStack();
  gateway = await startTestGateway({
    ESP_REDIS_URL: stack.redisUrl,
    ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.dicomwebUrl,
    ESP_ARCHIVE_ORTHANC_URL: stack.orthanc.orthancUrl,
    ESP_INTAKE_CHANGES: 'true',
    ESP_INTAKE_CHANGES_INTERVAL_SECONDS: '0.3',
    ESP_METRICS_TOKEN: 'metrics-token-of-the-tests',
  });
});
afterAll(async () => {
  await gateway?.close();
  await stack?.close();
});

const refused = async () => (await gateway.as('viewer', 'get', '/refused-studies')).body;

/** An image whose StudyInstanceUID has letters: a UID of the same length with one of its digits replaced. */
function withLetters(): { bytes: Uint8Array; study: string } {
  const { bytes, studyInstanceUid } = phantomInstance({
    kind: 'xray',
    salt: 'study-letters',
    width: 16,
    height: 16,
  });
  const study = studyInstanceUid.replace(/\d{3}$/, 'ABC');
  const text = Buffer.from(bytes).toString('latin1').replaceAll(studyInstanceUid, study);
  return { bytes: Buffer.from(text, 'latin1'), study };
}

describe('a study whose StudyInstanceUID is none', () => {
  it('leaves a record, a count and a reason when the change feed tells of it', async () => {
    const { bytes, study } = withLetters();
    const stored = await fetch(`${stack.orthanc.orthancUrl}/instances`, { method: 'POST', body: bytes });
    expect(stored.status).toBe(200);
    const body = await eventually('the refusal', async () => {
      const answer = await refused();
      return answer.total > 0 && answer;
    });
    expect(body).toMatchObject({
      total: 1,
      items: [{ studyInstanceUid: study, source: 'changes', error: { code: 'INVALID_UID' } }],
    });
    expect(body.items[0].error.advice).not.toBe('');
    const lines = gateway.logged.filter(({ code }) => code === 'INVALID_UID');
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain(study);
    const metrics = await fetch(`${gateway.base}/metrics`, {
      headers: { authorization: 'Bearer metrics-token-of-the-tests' },
    });
    expect(await metrics.text()).toContain('esp_studies_refused_total{signal="changes"} 1');
  });

  it('leaves a record also when the hook tells of it, whose caller gets 400', async () => {
    const answer = await fetch(`${gateway.base}/hooks/stable-study`, {
      method: 'POST',
      body: JSON.stringify({ studyInstanceUid: '1.2.HOOK.3' }),
    });
    expect(answer.status).toBe(400);
    const { items } = await refused();
    expect(items).toContainEqual(expect.objectContaining({ studyInstanceUid: '1.2.HOOK.3', source: 'hook' }));
    // Signalled last first: Orthanc may just now tell again of the other one, which has become stable.
    const times = items.map(({ lastSignal }: { lastSignal: string }) => lastSignal);
    expect(times).toEqual([...times].sort().reverse());
  });
});
