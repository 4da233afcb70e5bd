/** How long Redis may be away before a stop no longer waits for it. */
const AWAY_MS = 10_000;
const LOOK_MS = 250;

/**
 * Waits for an orderly end, unless Redis is away for ten seconds meanwhile: BullMQ's worker waits for it without end, and a
 * service that does not stop is killed in the end anyway. What was under way is taken over by another worker, as after a
 * crash.
 * @returns whether the end was orderly
 */
export async function closeWithoutRedis(
  orderly: Promise<void>,
  isReady: () => boolean,
  awayMs = AWAY_MS,
): Promise<boolean> {
  // Nobody listens any more once Redis is given up.
  orderly.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  let readyAt = performance.now();
  const away = new Promise<false>((resolve) => {
    timer = setInterval(() => {
      if (isReady()) readyAt = performance.now();
      else if (performance.now() - readyAt > awayMs) resolve(false);
    }, LOOK_MS);
  });
  try {
    return await Promise.race([orderly.then(() => true), away]);
  } finally {
    clearInterval(timer);
  }
}
