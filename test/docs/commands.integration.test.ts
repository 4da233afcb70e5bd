import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phantomInstance } from '../../src/phantom/index.js';
import { finished, PROJECT_ROOT, startStack, type Stack } from '../support/stack.js';
import { commandsOf, pages } from './pages.js';

const COMMANDS = pages().flatMap(commandsOf);
const TOKEN = 'a-token-of-the-docs-test';

let stack: Stack;
let environment: NodeJS.ProcessEnv;
let base: string;

beforeAll(async () => {
  stack = await startStack();
  const settings = {
    ESP_ADMIN_TOKEN: TOKEN,
    ESP_ADMIN_OPERATOR_TOKEN: `${TOKEN}-2`,
    ESP_HOOK_TOKEN: `${TOKEN}-3`,
  };
  const running = await stack.start('all', settings);
  base = running.base;
  const { gatewayClient } = await import('../../src/demo/gateway-client.js');
  const client = gatewayClient(base, TOKEN);
  const phantom = phantomInstance({ kind: 'dermoscopy', salt: 'docs' });
  await client.store(phantom.bytes);
  await finished(client, phantom.studyInstanceUid, '', 300_000);
  environment = {
    ...process.env,
    ...settings,
    ESP_REDIS_URL: stack.redisUrl,
    ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.dicomwebUrl,
    ESP_ARCHIVE_ORTHANC_URL: stack.orthanc.orthancUrl,
    ESP_GATEWAY_PORT: new URL(base).port,
    // Not `UID`: that is the shell's own.
    STUDY: phantom.studyInstanceUid,
  };
}, 600_000);
afterAll(() => stack?.close());

it('the pages have thirty claims or more that are carried out', () => {
  expect(COMMANDS.length).toBeGreaterThanOrEqual(30);
});

describe('commands of the pages do what the pages say', () => {
  it.each(COMMANDS)(
    '$where: $script',
    ({ script, exit }) => {
      const here = script.replaceAll('http://127.0.0.1:8080', base);
      const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', here], {
        cwd: PROJECT_ROOT,
        env: environment,
        encoding: 'utf8',
        timeout: 240_000,
      });
      expect(status, `${stdout}\n${stderr}`).toBe(exit);
    },
    300_000,
  );
});
