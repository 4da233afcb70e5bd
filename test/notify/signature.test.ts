import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { signatureHeaders } from '../../src/notify/webhooks/signature.js';

const delivery = { id: '1795500000000-0', body: '{"type":"study.done"}' };
const now = () => Math.floor(Date.now() / 1000);

it.each([
  [
    'a text',
    'a secret of the tests, long enough',
    new Webhook('a secret of the tests, long enough', { format: 'raw' }),
  ],
  [
    'encoded',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'),
  ],
  ['a text like an encoded one', 'whsec_not base64!', new Webhook('whsec_not base64!', { format: 'raw' })],
])('the library of Standard Webhooks accepts a delivery whose secret is %s', (_, secret, receiver) => {
  const headers = signatureHeaders(secret, delivery, now());
  expect(receiver.verify(delivery.body, headers)).toEqual({ type: 'study.done' });
  expect(() => receiver.verify(`${delivery.body} `, headers)).toThrow(/signature/i);
});

it('a delivery is refused when it was signed long ago', () => {
  const secret = 'a secret of the tests, long enough';
  const headers = signatureHeaders(secret, delivery, now() - 3600);
  expect(() => new Webhook(secret, { format: 'raw' }).verify(delivery.body, headers)).toThrow(/old/);
});
