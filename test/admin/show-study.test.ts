import { expect, it } from 'vitest';
import type { AdminDependencies } from '../../src/admin/dependencies.js';
import { showStudy } from '../../src/admin/studies/show-study.js';

it('a run that ends while its study is read has its outcome where the timeline says that it has ended', async () => {
  let hasEnded = false;
  const running = { state: 'running', units: [], arrivedAt: '2026-01-01T00:00:00.000Z' };
  /** The run ends after whatever is asked first. */
  const answer = async (before: unknown, after: unknown) => {
    const now = hasEnded ? after : before;
    hasEnded = true;
    return now;
  };
  const ledger = {
    requireRecord: () => answer(running, { ...running, state: 'done', outcome: 'segmented' }),
    events: () => answer([], [{ at: '2026-01-01T00:00:01.000Z', event: 'done' }]),
  };
  const store = { ledger, queue: { find: async () => undefined } };
  const endpoint = showStudy({ store } as unknown as AdminDependencies);
  const reply = await endpoint.handle({ params: { uid: '1.2.3' } } as never);

  const body = reply.body as { outcome?: string; events: { event: string }[] };
  const saysEnded = body.events.some(({ event }) => event === 'done');
  expect({ saysEnded, outcome: body.outcome }).toEqual({ saysEnded: false, outcome: 'segmented' });
});
