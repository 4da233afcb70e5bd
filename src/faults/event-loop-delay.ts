import { fetch } from 'undici';

/**
 * How late a process's event loop was since the last look, or since its start, at the 99th percentile, ms.
 * @param metricsUrl where it tells its metrics
 * @throws Error when it does not answer within five seconds, or does not tell this
 */
export async function eventLoopDelay(metricsUrl: string): Promise<number> {
  const response = await fetch(metricsUrl, { signal: AbortSignal.timeout(5000) });
  const found = /^nodejs_eventloop_lag_p99_seconds(?:\{.*\})? (\S+)$/m.exec(await response.text());
  if (!found) throw new Error(`${metricsUrl} does not tell the event loop's delay`);
  return Number(found[1]) * 1000;
}
