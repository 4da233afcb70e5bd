import { signal } from '@preact/signals';
import { api, asProblem, type Health, type HealthPart } from './api/index.js';

/** How the chain stands; undefined until it was asked. */
export const health = signal<Pick<Health, 'status' | 'parts'> | undefined>(undefined);

/** A banner must stand five seconds after something has gone. */
const INTERVAL_MS = 2500;
let timer: ReturnType<typeof setTimeout> | undefined;
let wanted = false;

/** Asks now and then again and again, while the page can be seen. */
export function watchHealth(): () => void {
  wanted = true;
  void ask();
  return () => {
    wanted = false;
    clearTimeout(timer);
  };
}

document.addEventListener('visibilitychange', () => {
  if (wanted && document.visibilityState === 'visible') void ask();
});

async function ask(): Promise<void> {
  clearTimeout(timer);
  if (document.visibilityState === 'visible') {
    health.value = await api.health().catch(withoutSession);
  }
  if (wanted) timer = setTimeout(() => void ask(), INTERVAL_MS);
}

/**
 * Without Redis no session can be looked up, so that the gateway answers nobody by name; what it says to everybody is
 * enough for the banner.
 */
async function withoutSession(thrown: unknown): Promise<Pick<Health, 'status' | 'parts'>> {
  const { status, detail, advice = '' } = asProblem(thrown);
  if (status === 0) return down({ id: 'gateway', status: 'down', found: detail, advice });
  const ready = await readiness().catch(() => undefined);
  const parts = Object.entries(ready?.checks ?? {})
    .filter(([, check]) => check.status !== 'ok')
    .map(([id, check]) => ({
      id: id as HealthPart['id'],
      status: 'down' as const,
      found: `${NAMES[id] ?? id} does not answer`,
      advice: check.advice ?? '',
    }));
  return parts.length > 0
    ? { status: 'down', parts }
    : down({ id: 'gateway', status: 'down', found: detail, advice });
}

const NAMES: Readonly<Record<string, string>> = { redis: 'Redis', archive: 'The archive' };
const down = (part: HealthPart) => ({ status: 'down' as const, parts: [part] });

interface Readiness {
  readonly checks?: Readonly<Record<string, { readonly status: string; readonly advice?: string }>>;
}

const readiness = async () => (await (await fetch('/readyz')).json()) as Readiness;
