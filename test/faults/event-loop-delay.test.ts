import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventLoopDelay } from '../../src/faults/event-loop-delay.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { eventually } from '../support/stack.js';

vi.setConfig({ testTimeout: 100_000 });

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** The address of a process that tells these metrics. */
async function telling(metrics: ReturnType<typeof createMetrics>): Promise<string> {
  const server = createServer((_req, res) => void metrics.text().then((text) => res.end(text)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
}

describe('the delay of an event loop', () => {
  it('is read from what a process tells, in milliseconds', async () => {
    const url = await telling(createMetrics(true));
    // A look may come before the delay is noted.
    const told = await eventually('a delay as long as this loop is kept', async () => {
      for (const until = performance.now() + 100; performance.now() < until;);
      const delay = await eventLoopDelay(url);
      return delay >= 100 && delay;
    });
    expect(told).toBeLessThan(60_000);
  });

  it('is missed where a process does not tell it', async () => {
    await expect(eventLoopDelay(await telling(createMetrics(false)))).rejects.toThrow(/does not tell/);
  });
});
