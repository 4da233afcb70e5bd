import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  correlationHeaders,
  recordStage,
  traceRun,
  spanFields,
  stageSeconds,
  timed,
  untimed,
} from '../../src/telemetry/index.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { NO_TRACING } from '../../src/telemetry/tracing.js';
import { traceIdOf } from '../../src/telemetry/traceparent.js';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const ID = '0b8f3c62-5d7e-4a18-9c0d-1e2f3a4b5c6d';
const telemetry = () => ({ metrics: createMetrics(false), tracing: NO_TRACING });

async function stagesOf(metrics: ReturnType<typeof createMetrics>) {
  const { values } = await metrics.stageDuration.get();
  const of = (suffix: string) =>
    Object.fromEntries(
      values
        .filter(({ metricName }) => metricName === `esp_stage_duration_seconds_${suffix}`)
        .map(({ labels, value }) => [labels.stage, value]),
    ) as Record<string, number>;
  return { count: of('count'), sum: of('sum') };
}

describe('the stages of a run', () => {
  afterEach(() => void vi.useRealTimers());

  it('are measured once a run, each for itself: what is within another is not counted twice', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const take = (ms: number) => void vi.advanceTimersByTime(ms);
    const watched = telemetry();
    await traceRun(watched, { correlationId: ID }, 1, async () => {
      await timed('fetch', () => take(60));
      await timed('route', async () => {
        await timed('fetch', () => take(60));
        recordStage('infer', 0.04);
        take(80);
      });
      expect(stageSeconds()).toMatchObject({ infer: 0.04 });
    });
    const { count, sum } = await stagesOf(watched.metrics);
    expect(count).toEqual({ fetch: 1, route: 1, infer: 1 });
    expect(sum.fetch).toBeCloseTo(0.12, 6);
    expect(sum.route).toBeCloseTo(0.04, 6);
  });

  it('do not hold what is waited for within one: of that only what is measured elsewhere', async () => {
    await traceRun(telemetry(), { correlationId: ID }, 1, async () => {
      const began = performance.now();
      let waited = 0;
      await timed('route', async () => {
        await wait(20);
        const from = performance.now();
        await untimed(async () => {
          await wait(150);
          recordStage('infer', 0.04);
        });
        waited = (performance.now() - from) / 1000;
      });
      const { route, infer } = stageSeconds();
      expect(infer).toBe(0.04);
      expect(route).toBeGreaterThan(0.015);
      expect(route).toBeLessThanOrEqual((performance.now() - began) / 1000 - waited + 0.002);
      expect(waited).toBeGreaterThan(0.14);
    });
    expect(await untimed(async () => 7)).toBe(7);
  });

  it('are kept apart in runs that go on at the same time, and kept of one that fails', async () => {
    const watched = telemetry();
    const run = (id: string, ms: number, fails: boolean) =>
      traceRun(watched, { correlationId: id }, 1, async () => {
        const began = performance.now();
        await timed('seg', () => wait(ms));
        const own = (performance.now() - began) / 1000;
        expect(spanFields({})).toEqual({ correlationId: id });
        // However slow the machine: with the other run’s share, 20 ms at least, it would be more than this one took.
        expect(stageSeconds().seg).toBeLessThanOrEqual(own + 0.001);
        if (fails) throw new Error('ARCHIVE_DENIED: no');
      });
    const results = await Promise.allSettled([run('one', 20, false), run('two', 120, true)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((await stagesOf(watched.metrics)).count).toEqual({ seg: 2 });
  });

  it('are not measured outside of a run', async () => {
    expect(await timed('fetch', () => 7)).toBe(7);
    expect(stageSeconds()).toEqual({});
    expect(correlationHeaders()).toEqual({});
  });
});

describe('the correlation id', () => {
  it('goes with requests, as request id and as trace', async () => {
    await traceRun(telemetry(), { correlationId: ID }, 1, async () => {
      const headers = await timed('store', () => correlationHeaders());
      expect(headers['x-request-id']).toBe(ID);
      expect(headers.traceparent).toMatch(/^00-0b8f3c625d7e4a189c0d1e2f3a4b5c6d-[0-9a-f]{16}-00$/);
    });
  });

  it('continues the trace that the job names', async () => {
    const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
    await traceRun(telemetry(), { correlationId: ID, traceparent }, 1, async () => {
      expect(correlationHeaders().traceparent).toMatch(/^00-(ab){16}-[0-9a-f]{16}-01$/);
    });
  });

  it('is on a log line once', async () => {
    await traceRun(telemetry(), { correlationId: ID }, 1, async () => {
      expect(spanFields({ correlationId: 'named' })).toEqual({});
      expect(spanFields({})).toEqual({ correlationId: ID });
    });
  });

  it('that is no UUID has a trace id all the same', () => {
    expect(traceIdOf('from-another-system')).toMatch(/^[0-9a-f]{32}$/);
    expect(traceIdOf('from-another-system')).toBe(traceIdOf('from-another-system'));
  });
});
