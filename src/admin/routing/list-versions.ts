import { z } from 'zod';
import type { RoutingVersions } from '../../routing/index.js';
import { AppError } from '../../core/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { cursorQuery, limitQuery, nextCursor } from '../paging.js';
import { mustRead } from './edit-rules.js';
import { etagOf, summaryOf, versionSummary, versionWhole, wholeOf } from './version-schemas.js';

const versionPage = z
  .object({ total: z.int(), items: z.array(versionSummary), next: nextCursor })
  .meta({ id: 'RoutingVersionPage' });

/** `GET /routing/versions` and `GET /routing/versions/{version}` */
export function listVersions(versions: RoutingVersions): Endpoint[] {
  return [
    endpoint({
      operationId: 'listRoutingVersions',
      method: 'get',
      path: '/routing/versions',
      tag: 'routing',
      summary: 'Every version of the routing rules, newest first',
      scope: 'admin:read',
      query: z.object({ limit: limitQuery, cursor: cursorQuery }),
      replies: {
        200: {
          description: 'The versions',
          schema: versionPage,
        },
      },
      async handle({ query: { limit, cursor } }) {
        const offset = offsetOf(cursor);
        const total = (await versions.newest()) + 1;
        const items = await versions.list({ offset, limit });
        const next = offset + limit < total ? String(offset + limit) : undefined;
        return { status: 200, body: { total, items: items.map(summaryOf), next } };
      },
    }),
    endpoint({
      operationId: 'showRoutingVersion',
      method: 'get',
      path: '/routing/versions/{version}',
      tag: 'routing',
      summary: 'One version of the routing rules',
      description: 'To go back to it, put its `text` again: that makes a new version.',
      scope: 'admin:read',
      params: z.object({ version: z.coerce.number().int().min(0).max(1e9) }),
      replies: { 200: { description: 'The version', schema: versionWhole } },
      errors: ['NOT_FOUND', 'CONFIG_INVALID'],
      async handle({ params }) {
        const read = await mustRead(versions, params.version);
        return { status: 200, body: wholeOf(read), etag: etagOf(read.version) };
      },
    }),
  ];
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new AppError('INVALID_REQUEST', 'In the query: cursor: not one of ours');
}
