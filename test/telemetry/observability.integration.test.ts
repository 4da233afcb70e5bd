import { randomBytes } from 'node:crypto';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STAGES } from '../../src/telemetry/stages.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { freePort } from '../../src/demo/free-port.js';
import type { StudyView } from '../../src/demo/gateway-client.js';
import { writeBrightModel } from '../support/bright-model.js';
import { recordRequests, startCollector } from '../support/recording-servers.js';
import { eventually, finished, startStack, type OurProcess, type Stack } from '../support/stack.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const phantom = phantomInstance({ kind: 'ultrasound-cine', salt: 'observability', frames: 3 });

let stack: Stack;
let archive: Awaited<ReturnType<typeof recordRequests>>;
let collector: Awaited<ReturnType<typeof startCollector>>;
let gateway: OurProcess;
let worker: OurProcess;
let workerMetrics: string;
let study: StudyView;
let id: string;

beforeAll(async () => {
  stack = await startStack();
  archive = await recordRequests(stack.orthanc.orthancUrl);
  collector = await startCollector();
  const port = await freePort();
  workerMetrics = `http://127.0.0.1:${port}/metrics`;
  const environment = {
    ESP_ARCHIVE_DICOMWEB_URL: `${archive.base}/dicom-web`,
    ESP_ARCHIVE_ORTHANC_URL: archive.base,
    ESP_TRACING_OTLP_URL: collector.url,
    ESP_METRICS_WORKER_PORT: String(port),
    ESP_MODEL_MANIFEST: writeBrightModel(),
    ESP_SEG_MEASUREMENTS: 'true',
  };
  gateway = await stack.start('serve', environment);
  worker = await stack.start('worker', environment);
  await gateway.client.store(phantom.bytes);
  study = await finished(gateway.client, phantom.studyInstanceUid);
  id = study.events.find(({ event }) => event === 'done')!.detail!.correlationId as string;
});
afterAll(async () => {
  await stack?.close();
  await archive?.close();
  await collector?.close();
});

const linesOf = (process: OurProcess) =>
  process
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function metricsOf(
  url: string,
): Promise<{ text: string; value: (name: string) => number | undefined }> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  const text = await response.text();
  return {
    text,
    value(name) {
      const line = text.split('\n').find((one) => one.startsWith(`${name} `));
      return line === undefined ? undefined : Number(line.slice(name.length + 1));
    },
  };
}

describe('the correlation id of a study', () => {
  it('is the same from its first signal to the end, in the timeline', () => {
    expect(id).toMatch(UUID);
    expect(study.outcome).toBe('segmented');
    const untilDone = study.events.slice(0, study.events.findIndex(({ event }) => event === 'done') + 1);
    expect(untilDone.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['signal', 'queued', 'started', 'unit', 'done']),
    );
    expect(untilDone[0]!.event).toBe('signal');
    // Our own results are signalled while the run goes on, which begins the next round; the first of each is ours.
    const own = untilDone.filter(
      ({ event }, i) =>
        !['signal', 'queued'].includes(event) || i === untilDone.findIndex((line) => line.event === event),
    );
    expect(own.length).toBeGreaterThanOrEqual(5);
    expect(own.map(({ detail }) => detail?.correlationId)).toEqual(own.map(() => id));
  });

  it('is on every log line about it, in gateway and worker, and the study’s UID on none', async () => {
    const of = (process: OurProcess) => linesOf(process).filter(({ correlationId }) => correlationId === id);
    // The timeline tells of the end before the log does.
    await eventually('the last line', async () => of(worker).some(({ msg }) => msg === 'study done'));
    expect(of(gateway).map(({ msg }) => msg)).toEqual(expect.arrayContaining(['signal', 'study queued']));
    for (const line of [...of(gateway), ...of(worker)])
      expect(JSON.stringify(line)).not.toMatch(/"correlationId".*"correlationId"/);
    expect(gateway.output() + worker.output()).not.toContain(phantom.studyInstanceUid);
  });

  it('goes with every request that the worker makes for it, as request id and as trace', () => {
    const own = archive.requests.filter(({ headers }) => headers['x-request-id'] === id);
    const kinds = own.map(({ method, url }) => `${method} ${url.replace(/[0-9.]{5,}/g, '*').split('?')[0]}`);
    expect(kinds).toEqual(
      expect.arrayContaining([
        'GET /dicom-web/studies/*/instances',
        'GET /dicom-web/studies/*/series/*/metadata',
        'POST /dicom-web/studies/*',
        'POST /tools/lookup',
      ]),
    );
    for (const { headers } of own) {
      expect(headers.traceparent).toMatch(new RegExp(`^00-${id.replaceAll('-', '')}-[0-9a-f]{16}-01$`));
    }
  });

  it('of a request to the gateway is its request id, up to the archive', async () => {
    const response = await fetch(`${gateway.base}/dicom-web/studies?limit=1`);
    await response.arrayBuffer();
    const requestId = response.headers.get('x-request-id');
    expect(requestId).toMatch(UUID);
    expect(archive.requests.some(({ headers }) => headers['x-request-id'] === requestId)).toBe(true);
  });
});

describe('traces', () => {
  const ofStudy = () => collector.spans.filter(({ traceId }) => traceId === id.replaceAll('-', ''));

  it('show a study from its arrival through every stage, in one trace', async () => {
    // Gateway and worker send theirs in batches of their own.
    const names = ['arrival', 'study', ...STAGES];
    await eventually('the spans', async () =>
      names.every((name) => ofStudy().some((span) => span.name === name)),
    );
    const spans = ofStudy();
    const one = (name: string) => spans.find((span) => span.name === name)!;
    const [arrival, run] = [one('arrival'), one('study')];
    expect(arrival.parentSpanId ?? '').toBe('');
    expect(arrival.service).toBe('esp-medsam-gateway');
    const waited = Number(BigInt(arrival.endTimeUnixNano) - BigInt(arrival.startTimeUnixNano)) / 1e9;
    expect(waited).toBeGreaterThan(0.4);
    expect(run).toMatchObject({ parentSpanId: arrival.spanId, service: 'esp-medsam-worker' });
    expect(new Set(spans.map(({ name }) => name))).toEqual(new Set(names));
    const known = new Set(spans.map(({ spanId }) => spanId));
    for (const span of spans.filter(({ name }) => name !== 'arrival')) {
      expect(known).toContain(span.parentSpanId);
    }
    expect(spans.filter(({ name }) => name === 'infer')).toHaveLength(3);
    // A SEG and a report.
    expect(spans.filter(({ name }) => name === 'store')).toHaveLength(2);
    expect(JSON.stringify(spans)).not.toContain(phantom.studyInstanceUid);
  });

  it('continue the caller’s for requests to the gateway', async () => {
    const traceId = randomBytes(16).toString('hex');
    const response = await fetch(`${gateway.base}/dicom-web/studies/${phantom.studyInstanceUid}/metadata`, {
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, accept: 'application/dicom+json' },
    });
    await response.arrayBuffer();
    const span = await eventually('the span', async () =>
      collector.spans.find((one) => one.traceId === traceId),
    );
    expect(span).toMatchObject({
      name: 'GET /dicom-web/studies/{}/metadata',
      parentSpanId: '00f067aa0ba902b7',
      kind: 2,
    });
    // The archive is asked as a part of it, not of what the caller named.
    const asked = archive.requests.find(({ headers }) => headers.traceparent?.includes(traceId));
    expect(asked!.headers.traceparent).toBe(`00-${traceId}-${span.spanId}-01`);
  });
});

describe('metrics', () => {
  it('of the worker: one value for each stage of the run, the study, its frames, its model, its requests', async () => {
    const { value, text } = await metricsOf(workerMetrics);
    for (const stage of STAGES) {
      expect(value(`esp_stage_duration_seconds_count{stage="${stage}"}`), stage).toBeGreaterThanOrEqual(1);
    }
    expect(value('esp_stage_duration_seconds_count{stage="infer"}')).toBe(1);
    expect(value('esp_studies_total{outcome="segmented",channel="ultrasound"}')).toBe(1);
    expect(value('esp_frames_total{channel="ultrasound"}')).toBe(3);
    expect(value('esp_study_duration_seconds_count')).toBe(1);
    expect(value('esp_study_duration_seconds_sum')).toBeCloseTo(study.seconds!, 3);
    expect(value('esp_archive_requests_total{verb="stow",status="200"}')).toBe(2);
    expect(value('esp_engine_restarts_total')).toBe(0);
    expect(text).toMatch(/esp_model_info\{version="[^"]+",sha256="[0-9a-f]{12}",provider="cpu"\} 1/);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  it('of the gateway: arrivals, queue, workers and their model, requests by route', async () => {
    const { value, text } = await metricsOf(`${gateway.base}/metrics`);
    expect(text).toMatch(/esp_arrivals_total\{signal="(stow|changes)"\} [1-9]/);
    expect(value('esp_workers_alive')).toBe(1);
    expect(text).toMatch(/esp_model_info\{version="[^"]+",sha256="[0-9a-f]{12}",provider="cpu"\} 1/);
    expect(value('esp_queue_jobs{state="waiting"}')).toBeGreaterThanOrEqual(0);
    expect(value('esp_queue_jobs{state="completed"}')).toBeGreaterThanOrEqual(1);
    expect(value('esp_queue_oldest_seconds')).toBeGreaterThanOrEqual(0);
    expect(value('esp_feed_silent')).toBe(0);
    expect(
      value('esp_http_request_duration_seconds_count{method="POST",route="/dicom-web/studies",status="200"}'),
    ).toBe(1);
    expect(text).toContain('route="/admin/v1/studies/{uid}",status="200"');
  });

  it('count the oldest study that waits, whatever its class', async () => {
    // A signal of our own results may queue the study as the worker stops: that one is then the oldest.
    const before = Date.now();
    await worker.stop();
    await gateway.client.reprocess(phantom.studyInstanceUid);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const { value } = await metricsOf(`${gateway.base}/metrics`);
    expect(value('esp_queue_jobs{state="waiting"}')).toBe(1);
    expect(value('esp_queue_oldest_seconds')).toBeGreaterThan(1);
    expect(value('esp_queue_oldest_seconds')).toBeLessThanOrEqual((Date.now() - before) / 1000 + 0.1);
    expect(value('esp_workers_alive')).toBe(0);
  });

  it('name no study, and nothing that was sent', async () => {
    await (await fetch(`${gateway.base}/admin/v1/studies/1.2.3.4.5.6`)).arrayBuffer();
    await (await fetch(`${gateway.base}/dicom-web/Doe^John`)).arrayBuffer();
    await (await fetch(`${gateway.base}/Doe^John?PatientName=Doe`)).arrayBuffer();
    const { text } = await metricsOf(`${gateway.base}/metrics`);
    expect(text).not.toMatch(/\d+(\.\d+){3,}/);
    expect(text).not.toContain('Doe');
  });

  it('can be read while Redis is away; what lies there is absent', async () => {
    await stack.stopRedis();
    const { text, value } = await metricsOf(`${gateway.base}/metrics`);
    expect(value('esp_feed_silent')).toBe(0);
    expect(text).not.toMatch(/^esp_queue_jobs\{/m);
    expect(text).not.toMatch(/^esp_workers_alive /m);
  });
});
