import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/index.js';
import { gatewayIssuer, gatewaySurfaces } from '../../src/doctor/checks/gateway.js';
import type { DoctorContext } from '../../src/doctor/context.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { signingKey, startTestIssuer } from '../support/test-issuer.js';

const contextOf = (environment: NodeJS.ProcessEnv) =>
  ({ settings: loadSettings(PROJECT_ROOT, environment) }) as DoctorContext;
const withIssuer = (issuer: string) => contextOf({ ESP_OIDC_ISSUER: issuer, ESP_OIDC_AUDIENCE: 'x' });

describe('the doctor on the issuer', () => {
  it('asks nothing where none is set', async () => {
    expect((await gatewayIssuer.run(contextOf({}))).status).toBe('skipped');
  });

  const SLOW = { timeout: 60_000 };
  it(
    'is content with one that describes itself, and names the setting of one that does not',
    SLOW,
    async () => {
      const issuer = await startTestIssuer({ key: await signingKey('one'), clients: [], roles: {} });
      try {
        expect((await gatewayIssuer.run(withIssuer(issuer.url))).status).toBe('ok');
        const other = await gatewayIssuer.run(withIssuer(issuer.url.replace('127.0.0.1', 'localhost')));
        expect(other).toMatchObject({ status: 'fail', setting: expect.stringContaining('oidc.issuer') });
        expect((await gatewayIssuer.run(withIssuer(`${issuer.url}/realms/x`))).found).toContain(
          'answers 404',
        );
      } finally {
        await issuer.close();
      }
      expect((await gatewayIssuer.run(withIssuer(issuer.url))).found).toContain('Nothing answers');
    },
  );
});

describe('the doctor on surfaces', () => {
  it('says of each to whom it is open', async () => {
    const { found } = await gatewaySurfaces.run(contextOf({ ESP_ADMIN_TOKEN: 'an-admin-token-of-24-chars' }));
    expect(found).toContain('/dicom-web (read): roles viewer, operator, admin, modality');
    expect(found).toContain('/hooks: everybody on this machine');
    expect(found).toContain('/healthz, /readyz: everybody');
  });
});
