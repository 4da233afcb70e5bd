import { isLoopback, type Scope } from '../core/index.js';
import { isOpen, isSurfaceOpen } from './protect.js';
import type { Settings } from './schema.js';

/** A surface of the gateway, and who may use it. */
export interface SurfaceAccess {
  readonly surface: string;
  /** Absent for what asks for no credential at all. */
  readonly scope?: Scope;
  /** In words: everybody, everybody on this machine, or the roles. */
  readonly who: string;
}

/** Which surface is open to whom, by the settings: of tokens of the settings, API keys and OIDC alike the role decides. */
export function surfaceAccess(settings: Settings): SurfaceAccess[] {
  const here = isLoopback(settings.gateway.host);
  const anybody = here ? 'everybody on this machine' : 'everybody in the network';
  const roles = (scope: Scope) => {
    const having = Object.entries(settings.roles)
      .filter(([, scopes]) => scopes.some((one) => one === scope || includes(one, scope)))
      .map(([role]) => (Object.hasOwn(settings.restrictions, role) ? `${role} (restricted)` : role));
    return having.length === 0 ? 'nobody' : `roles ${having.join(', ')}`;
  };
  const of = (surface: string, scope: Scope, open: boolean): SurfaceAccess => ({
    surface,
    scope,
    who: open ? anybody : roles(scope),
  });
  const metricsHere = settings.metrics.token === '' && !isSurfaceOpen(settings, 'metrics');
  return [
    of('/dicom-web (read)', 'dicomweb:read', isSurfaceOpen(settings, 'dicomweb')),
    of('/dicom-web (store)', 'dicomweb:store', isSurfaceOpen(settings, 'dicomweb')),
    of('/viewer', 'viewer', isSurfaceOpen(settings, 'viewer')),
    of('/admin/v1 (look)', 'admin:read', isOpen(settings)),
    of('/admin/v1 (operate)', 'admin:operate', isOpen(settings)),
    of('/admin/v1 (all)', 'admin:*', isOpen(settings)),
    of('/hooks', 'hook', isSurfaceOpen(settings, 'hook')),
    metricsHere
      ? { surface: '/metrics', scope: 'metrics', who: `this machine; ${roles('metrics')}` }
      : of('/metrics', 'metrics', isSurfaceOpen(settings, 'metrics')),
    { surface: '/healthz, /readyz', who: anybody },
  ];
}

/** True when a scope of the administration includes another one. */
const includes = (given: Scope, wanted: Scope): boolean =>
  (given === 'admin:*' && wanted.startsWith('admin:')) ||
  (given === 'admin:operate' && wanted === 'admin:read');
