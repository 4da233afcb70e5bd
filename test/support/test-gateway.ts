import { pino } from 'pino';
import request, { type Test } from 'supertest';
import { startGateway } from '../../src/cli/gateway-process.js';
import { loadSettings } from '../../src/config/index.js';
import { openTelemetry } from '../../src/telemetry/index.js';
import { PROJECT_ROOT } from './stack.js';

/** Tokens of the roles, for gateways started with them. */
export const TOKENS = {
  admin: 'admin-token-of-the-tests',
  operator: 'operator-token-of-the-tests',
  viewer: 'viewer-token-of-the-tests',
} as const;
export type TokenRole = keyof typeof TOKENS;

/** The gateway as the command line starts it, within the test's process. */
export interface TestGateway {
  readonly base: string;
  /** What it has logged, line by line. */
  readonly logged: readonly Record<string, unknown>[];
  /** A request to `/admin/v1` with a role's token. */
  as(role: TokenRole | undefined, method: 'get' | 'post' | 'put' | 'delete' | 'patch', path: string): Test;
  close(): Promise<void>;
}

/** @param environment settings, as environment variables; tokens are set unless they are overridden here */
export async function startTestGateway(environment: Record<string, string>): Promise<TestGateway> {
  const settings = loadSettings(PROJECT_ROOT, {
    ESP_ADMIN_TOKEN: TOKENS.admin,
    ESP_ADMIN_OPERATOR_TOKEN: TOKENS.operator,
    ESP_ADMIN_VIEWER_TOKEN: TOKENS.viewer,
    ESP_GATEWAY_PORT: '0',
    ESP_INTAKE_CHANGES: 'false',
    ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '0',
    // Nothing listens there: a test that needs an archive names its own.
    ESP_ARCHIVE_DICOMWEB_URL: 'http://127.0.0.1:9/dicom-web',
    ...environment,
  });
  const logged: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'info' },
    { write: (line: string) => logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const telemetry = await openTelemetry(settings, 'gateway', '0.0.0');
  const running = await startGateway(settings, log, telemetry);
  const base = `http://127.0.0.1:${running.port}`;
  return {
    base,
    logged,
    as(role, method, path) {
      const call = request(base)[method](`/admin/v1${path}`);
      return role === undefined ? call : call.set('Authorization', `Bearer ${TOKENS[role]}`);
    },
    async close() {
      await running.close();
      await telemetry.close();
    },
  };
}
