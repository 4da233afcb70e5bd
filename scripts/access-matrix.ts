import { openRoles } from '../src/access/index.js';
import { loadSettings } from '../src/config/index.js';
import { GATEWAY_ROUTES, type Route } from '../src/dicomweb/index.js';

interface Operation {
  readonly 'x-required-scope'?: Route['scope'];
}

/** Every route of the gateway: those of `/admin/v1` from the OpenAPI document, the others as the gateway describes them. */
export function allRoutes(document: Record<string, unknown>): Route[] {
  const paths = document.paths as Record<string, Record<string, Operation>>;
  const endpoints = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-required-scope': scope }]): Route => {
      return { method: method.toUpperCase(), path: `/admin/v1${path}`, ...(scope ? { scope } : {}) };
    }),
  );
  return [...GATEWAY_ROUTES, ...endpoints];
}

/** `docs/access-matrix.md`: route × role, by the roles of the defaults. */
export function accessMatrix(root: string, document: Record<string, unknown>): string {
  const settings = loadSettings(root, {});
  const roles = openRoles(settings);
  const names = Object.keys(settings.roles);
  const rows = allRoutes(document).map(({ method, path, scope }) => {
    const may = names.map((role) => (scope === undefined || roles.scopesOf([role]).has(scope) ? 'yes' : ''));
    return `| ${method} | \`${path}\` | ${scope ? `\`${scope}\`` : 'none'} | ${may.join(' | ')} |`;
  });
  return `# Who may use which route

Made by \`npm run generate\` from the descriptions of the endpoints (\`src/admin\`) and of the gateway's other routes
(\`src/dicomweb/access/routes.ts\`), with the roles of \`config/default.yaml\`. \`test/access/matrix.integration.test.ts\` asks
every route with every kind of credential. Without sign-in (on loopback, see [security.md](security.md)) everybody on the
machine has the role admin.

| method | route | scope | ${names.join(' | ')} |
|---|---|---|${names.map(() => '---|').join('')}
${rows.join('\n')}
`;
}
