import { connect } from 'node:tls';
import { receiverAddress } from '../../audit/index.js';
import { connectionError, openTlsFiles } from '../../net/index.js';
import type { Check } from '../check.js';
import { fail, ok, skipped, warn } from '../finding.js';
import { settingName } from '../setting-name.js';
import { withRedis } from './need.js';

const TIMEOUT_MS = 8000;
const DAY_MS = 86_400_000;

/** Whether the receiver of audit messages can be reached. */
export const auditReceiver: Check = {
  id: 'audit.receiver',
  title: 'The receiver of audit messages can be reached',
  async run({ settings: { audit } }) {
    if (audit.syslogUrl === '') return skipped('audit.syslogUrl is empty: audit messages are not sent');
    const { protocol, host, port } = receiverAddress(audit.syslogUrl);
    if (protocol === 'udp')
      return ok(
        `${host}:${port} by UDP, which tells nobody whether messages arrive and shows them to the network`,
      );
    const material = openTlsFiles(audit, 'audit').current();
    const problem = await new Promise<string | undefined>((resolve) => {
      const socket = connect({ host, port, ...material, minVersion: 'TLSv1.2', timeout: TIMEOUT_MS }, () => {
        // A receiver that refuses our certificate says so only after the handshake (TLS 1.3).
        setTimeout(() => {
          resolve(undefined);
          socket.destroy();
        }, 300);
      });
      socket.once('error', (error) => resolve(connectionError(error)));
      socket.once('timeout', () => socket.destroy(Object.assign(new Error(), { name: 'TimeoutError' })));
      socket.once('close', () => resolve('the connection was closed'));
    });
    if (problem === undefined) return ok(`${host}:${port} answers over TLS`);
    return fail(
      `${host}:${port}: ${problem}`,
      'Start the receiver, or correct address and certificates. Until then messages wait, audit.bufferMessages of them at most.',
      [settingName('audit.syslogUrl'), settingName('audit.caFile'), settingName('audit.certFile')].join(', '),
    );
  },
};

/** Whether audit messages were dropped. */
export const auditDelivery: Check = {
  id: 'audit.delivery',
  title: 'No audit message was dropped',
  run: (context) =>
    withRedis(context, async () => {
      if (context.settings.audit.syslogUrl === '')
        return skipped('audit.syslogUrl is empty: audit messages are not sent');
      const told = await context.store.audit.deliveries();
      const recent = told.filter(({ at }) => Date.now() - Date.parse(at) < DAY_MS);
      const dropped = recent.filter((one) => one.dropped > 0);
      if (dropped.length > 0) {
        const list = dropped.map((one) => `${one.process}: ${one.dropped}`).join(', ');
        return warn(
          `Audit messages dropped since the start of the process: ${list}`,
          'The receiver was away longer than messages can wait. Have it up again, and let more wait.',
          settingName('audit.bufferMessages'),
        );
      }
      const waiting = recent.filter((one) => one.waiting > 0).map((one) => `${one.process}: ${one.waiting}`);
      return ok(waiting.length > 0 ? `None; waiting at ${waiting.join(', ')}` : 'None');
    }),
};
