import { z } from 'zod';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';

const auditLine = z
  .object({
    at: z.iso.datetime(),
    actor: z.string().describe('credential or session of the caller; never a secret'),
    role: z.string().describe('roles of the caller, with + between them; empty for nobody'),
    operation: z.string().describe('operationId of the endpoint; of DICOMweb what was done'),
    target: z
      .record(z.string(), z.string())
      .describe('path parameters of the call; of an access the study, or the search without values'),
    status: z.int().describe('HTTP status of the answer'),
    address: z.string().optional().describe('where the request came from; lines of before 0.2 lack it'),
    event: z.string().optional().describe('of accesses: the audit message of PS3.15 A.5.3'),
    requestId: z.string().describe('the x-request-id of the answer and of the log lines'),
  })
  .meta({ id: 'AuditLine' });
const auditPage = z
  .object({
    items: z.array(auditLine),
    next: z.string().optional().describe('cursor of the next page, when there may be one'),
  })
  .meta({ id: 'AuditPage' });

const query = z.strictObject({
  kind: z
    .enum(['changes', 'accesses'])
    .default('changes')
    .describe('what administrators changed, or who read, searched and stored'),
  from: z.iso.datetime({ offset: true }).optional().describe('not earlier than this'),
  to: z.iso.datetime({ offset: true }).optional().describe('not later than this'),
  actor: z.string().min(1).max(100).optional(),
  operation: z.string().min(1).max(100).optional().describe('operationId, e.g. reprocessStudy'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,15}-\d{1,10}$/)
    .optional()
    .describe('`next` of the page before'),
});

/** `GET /audit`: what administrators changed, or who read what, newest first. */
export function auditEndpoints({ store }: AdminDependencies): Endpoint[] {
  return [
    endpoint({
      operationId: 'listAudit',
      method: 'get',
      path: '/audit',
      tag: 'audit',
      summary: 'What was changed, or read, by whom',
      description:
        'Every POST, PUT and DELETE of a known caller, refused ones included, newest first; with `kind=accesses` who read, searched and stored (each once in audit.repeatSeconds), and what known callers were refused. The oldest are dropped when there are more than audit.keep, of accesses audit.keepAccesses.',
      scope: 'admin:*',
      discloses: 'audit log',
      query,
      replies: {
        200: {
          description: 'one page',
          schema: auditPage,
        },
      },
      handle: async ({ query: { kind, from, to, actor, operation, limit, cursor } }) => {
        const items = await store.audit.read({
          kind,
          from: from === undefined ? undefined : new Date(from),
          to: to === undefined ? undefined : new Date(to),
          actor,
          operation,
          limit,
          before: cursor,
        });
        const next = items.length === limit ? items.at(-1)?.id : undefined;
        return { status: 200, body: { items, next } };
      },
    }),
  ];
}
