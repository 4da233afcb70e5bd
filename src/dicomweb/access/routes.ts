import type { Scope } from '../../core/index.js';
import { RESOURCE_EXAMPLES } from '../passthrough/index.js';

/** A path of the gateway, and what it takes to use it. */
export interface Route {
  readonly method: string;
  /** From the gateway's root, parameters as `{name}`. */
  readonly path: string;
  /** Absent for what everybody may use. */
  readonly scope?: Scope;
}

/** Every kind of path beside `/admin/v1`, whose endpoints are described on their own (OpenAPI). */
export const GATEWAY_ROUTES: readonly Route[] = [
  ...RESOURCE_EXAMPLES.flatMap(({ path, methods }) =>
    methods.map((method): Route => ({
      method,
      path: `/dicom-web${path}`,
      scope: method === 'POST' ? 'dicomweb:store' : 'dicomweb:read',
    })),
  ),
  { method: 'GET', path: '/viewer/', scope: 'viewer' },
  { method: 'GET', path: '/viewer/app-config.js', scope: 'viewer' },
  { method: 'POST', path: '/hooks/stable-study', scope: 'hook' },
  { method: 'GET', path: '/metrics', scope: 'metrics' },
  { method: 'GET', path: '/admin/queues/', scope: 'admin:operate' },
  { method: 'PUT', path: '/admin/queues/api/queues/pause', scope: 'admin:*' },
  { method: 'GET', path: '/admin/v1/openapi.json', scope: 'admin:read' },
  { method: 'GET', path: '/admin/v1/docs', scope: 'admin:read' },
  { method: 'GET', path: '/' },
  { method: 'GET', path: '/healthz' },
  { method: 'GET', path: '/readyz' },
];
