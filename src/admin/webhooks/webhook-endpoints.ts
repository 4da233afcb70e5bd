import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../core/index.js';
import { openNetworkFilter } from '../../net/index.js';
import { MAX_DELIVERIES, deliverySchema, type Webhook, WEBHOOK_EVENTS } from '../../store/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { webhookEvent } from '../vocabulary.js';

const url = z
  .url({ protocol: /^https?$/, hostname: /./ })
  .max(2000)
  .refine((text) => !URL.canParse(text) || new URL(text).username + new URL(text).password === '', {
    error: 'no user name or password in the URL',
  })

  .describe(
    'http or https, in a network that webhooks.networks lets us reach; who receives decides by the signature, not by credentials in the URL',
  );
const secret = z
  .string()
  .regex(/^[\x20-\x7e]*$/, { error: 'printable ASCII characters' })
  .min(16)
  .max(200)
  .describe('signs every delivery (`whsec_` and base64, or any text); is never shown again');
const events = z.array(webhookEvent).min(1).max(WEBHOOK_EVENTS.length);

const newWebhook = z
  .strictObject({ url, events, secret, active: z.boolean().default(true) })
  .meta({ id: 'NewWebhook' });
const changedWebhook = z
  .strictObject({
    url,
    events,
    active: z.boolean(),
    secret: secret.optional().describe('a new one; without it the present one stays'),
  })
  .meta({ id: 'ChangedWebhook' });
const path = z.strictObject({ id: z.uuid() });
const webhookView = z
  .object({
    id: z.uuid(),
    url: z.string(),
    events: z.array(webhookEvent),
    active: z.boolean(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' });
const webhookList = z.object({ items: z.array(webhookView) }).meta({ id: 'WebhookList' });
const delivery = deliverySchema.meta({ id: 'Delivery' });
const deliveryList = z.object({ items: z.array(delivery) }).meta({ id: 'DeliveryList' });
const testQueued = z.object({ deliveryId: z.string() }).meta({ id: 'TestQueued' });

const etagOf = ({ version }: Webhook) => `"${version}"`;
const none = () => new AppError('NOT_FOUND', 'There is no webhook with this id');
const common = { tag: 'Webhooks', scope: 'admin:*' } as const;

/** Webhooks: who is told of what, whether it works, and what became of the last deliveries. */
export function webhookEndpoints({ store, settings }: AdminDependencies): Endpoint[] {
  const { mayName } = openNetworkFilter(settings.webhooks.networks);
  /** @throws AppError `INVALID_REQUEST`. A name is looked up with every delivery: it may lead elsewhere by then. */
  const checkNetwork = (target: string) => {
    if (mayName(new URL(target).hostname)) return;
    throw new AppError(
      'INVALID_REQUEST',
      'url: in a network that webhooks may not reach (webhooks.networks)',
    );
  };
  const { webhooks, deliveries, webhookQueue: queue } = store;
  const shown = (webhook: Webhook, status = 200) => ({ status, body: webhook, etag: etagOf(webhook) });

  const list = endpoint({
    ...common,
    operationId: 'listWebhooks',
    method: 'get',
    path: '/webhooks',
    summary: 'Who is told of events',
    replies: { 200: { description: 'all webhooks', schema: webhookList } },
    handle: async () => ({ status: 200, body: { items: await webhooks.list() } }),
  });
  const add = endpoint({
    ...common,
    operationId: 'addWebhook',
    method: 'post',
    path: '/webhooks',
    summary: 'Tell somebody of events',
    description:
      'Events: `study.done`, `study.failed`, `alert`. Deliveries are POSTs of JSON, signed as Standard Webhooks has it; see docs/observability.md for how to check that.',
    body: newWebhook,
    replies: { 201: { description: 'added', schema: webhookView } },
    errors: ['CONFLICT'],
    handle: async ({ body }) => {
      checkNetwork(body.url);
      return shown(await webhooks.add(body), 201);
    },
  });
  const show = endpoint({
    ...common,
    operationId: 'showWebhook',
    method: 'get',
    path: '/webhooks/{id}',
    summary: 'One webhook',
    params: path,
    replies: { 200: { description: 'the webhook; its ETag is needed to change it', schema: webhookView } },
    errors: ['NOT_FOUND'],
    handle: async ({ params: { id } }) => {
      const webhook = await webhooks.get(id);
      if (!webhook) throw none();
      return shown(webhook);
    },
  });
  const change = endpoint({
    ...common,
    operationId: 'changeWebhook',
    method: 'put',
    path: '/webhooks/{id}',
    summary: 'Change a webhook',
    params: path,
    body: changedWebhook,
    conditional: true,
    replies: { 200: { description: 'changed', schema: webhookView } },
    errors: ['NOT_FOUND'],
    handle: async ({ params: { id }, body, ifMatch }) => {
      checkNetwork(body.url);
      const { secret: renewed, ...rest } = body;
      const next = renewed === undefined ? rest : { ...rest, secret: renewed };
      return shown(await webhooks.replace(id, versionOf(ifMatch), next));
    },
  });
  const remove = endpoint({
    ...common,
    operationId: 'removeWebhook',
    method: 'delete',
    path: '/webhooks/{id}',
    summary: 'Remove a webhook and its log',
    description: 'Deliveries that still wait are not made.',
    params: path,
    replies: { 204: { description: 'removed' } },
    errors: ['NOT_FOUND'],
    handle: async ({ params: { id } }) => {
      if (!(await webhooks.remove(id))) throw none();
      await deliveries.forget(id);
      return { status: 204 };
    },
  });
  const test = endpoint({
    ...common,
    operationId: 'testWebhook',
    method: 'post',
    path: '/webhooks/{id}/test',
    summary: 'Send a delivery of the type `test`',
    description: 'Once, also when the webhook is not active. What became of it is in its deliveries.',
    params: path,
    replies: { 202: { description: 'queued', schema: testQueued } },
    errors: ['NOT_FOUND'],
    handle: async ({ params: { id } }) => {
      if (!(await webhooks.get(id))) throw none();
      const deliveryId = `${id}-test-${randomUUID()}`;
      const body = JSON.stringify({ id: deliveryId, type: 'test', at: new Date().toISOString() });
      await queue.add(deliveryId, { webhookId: id, event: 'test', body, test: true });
      return { status: 202, body: { deliveryId } };
    },
  });
  const log = endpoint({
    ...common,
    operationId: 'listDeliveries',
    method: 'get',
    path: '/webhooks/{id}/deliveries',
    summary: 'What became of the last deliveries',
    description: `The newest first; the last ${MAX_DELIVERIES} are kept.`,
    params: path,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(MAX_DELIVERIES).default(50).describe('at most so many'),
    }),
    replies: { 200: { description: 'deliveries', schema: deliveryList } },
    errors: ['NOT_FOUND'],
    handle: async ({ params: { id }, query }) => {
      if (!(await webhooks.get(id))) throw none();
      return { status: 200, body: { items: await deliveries.list(id, query.limit) } };
    },
  });
  return [list, add, show, change, remove, test, log];
}

/** The version that If-Match names; undefined for `*`. */
function versionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch?.trim() === '*') return undefined;
  // Anything that is not an ETag of ours matches nothing.
  return Number(/^\s*"(\d{1,15})"\s*$/.exec(ifMatch ?? '')?.[1] ?? -1);
}
