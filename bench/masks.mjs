import { performance } from 'node:perf_hooks';

export const SIDE = 1024;

/** Masks of 1024 × 1024 pixels, each a disc at another place; every one in memory of its own, as an engine gives them. */
export function masks(count) {
  return Array.from({ length: count }, (_, frame) => {
    // Written to once, or the pages that stay zero would never become memory.
    const mask = new Uint8Array(SIDE * SIDE).fill(0);
    const [x0, y0, radius] = [300 + (frame % 400), 500 - (frame % 90), 150 + (frame % 60)];
    for (let y = y0 - radius; y <= y0 + radius; y += 1) {
      const half = Math.floor(Math.sqrt(radius * radius - (y - y0) * (y - y0)));
      mask.fill(1, y * SIDE + x0 - half, y * SIDE + x0 + half + 1);
    }
    return mask;
  });
}

/** Prints what a build took as one line of JSON: seconds by the clock and of CPU, and the process's peak memory. */
export function measure(build) {
  const before = process.cpuUsage();
  const start = performance.now();
  const bytes = build();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes, bytes }));
}
