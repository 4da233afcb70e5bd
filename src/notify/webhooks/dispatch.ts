import { parseUid } from '../../core/index.js';
import type { KeptEvent, Store, Webhook } from '../../store/index.js';
import { payloadOf, webhookEventOf } from './payload.js';

const BATCH = 100;

/**
 * Reads events from where the last reading ended and queues a delivery for every webhook that asked for their kind.
 * Two gateways may read the same events: a delivery's id is made of webhook and event, so it is queued once.
 */
export function openWebhookDispatch(
  store: Pick<Store, 'events' | 'webhooks' | 'webhookQueue' | 'webhookCursor' | 'ledger'>,
): { run(): Promise<number> } {
  const { events, webhooks, webhookQueue: queue, webhookCursor, ledger } = store;

  async function deliver(event: KeptEvent, known: readonly Webhook[]): Promise<number> {
    const type = webhookEventOf(event);
    const wanting = known.filter(
      ({ active, events: asked }) => active && asked.some((name) => name === type),
    );
    if (type === undefined || wanting.length === 0) return 0;
    const record =
      event.type === 'study'
        ? await ledger.record(parseUid(event.data.studyInstanceUid, 'The study of an event'))
        : undefined;
    const body = payloadOf(type, event, record);
    for (const { id } of wanting) {
      await queue.add(`${id}-${event.id}`, { webhookId: id, event: type, body, test: false });
    }
    return wanting.length;
  }

  return {
    /** @returns how many deliveries were queued */
    async run() {
      let cursor = await webhookCursor.read();
      if (cursor === undefined) {
        // The first start ever: what happened before is nobody's business.
        cursor = await events.last();
        await webhookCursor.begin(cursor);
      }
      let queued = 0;
      for (;;) {
        const page = await events.after(cursor, BATCH);
        if (page.last === cursor) return queued;
        const known = await webhooks.list();
        for (const event of page.events) queued += await deliver(event, known);
        cursor = page.last;
        // Only now: a crash before this line reads the events again, which queues nothing twice.
        await webhookCursor.move(cursor);
      }
    },
  };
}
