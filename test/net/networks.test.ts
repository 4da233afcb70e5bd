import { describe, expect, it } from 'vitest';
import { openNetworkFilter } from '../../src/net/index.js';

describe('networks that a webhook may reach', () => {
  const open = openNetworkFilter('');

  it.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
    ],
    ...['0.0.0.0', '255.255.255.255', '224.0.0.1', '[::1]', '[::]', '[fe80::1]', '[fd00::1]', '[ff02::1]'],
    ...['[::ffff:127.0.0.1]', '[::ffff:a9fe:a9fe]', '[64:ff9b::a00:1]', '[2002:a00:1::]', '[::ffff:0:0]'],
  ])('%s is none of them', (host) => {
    expect(open.mayName(new URL(`http://${host}/`).hostname)).toBe(false);
  });

  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://127.1/', 'http://0177.0.0.1/'])(
    '%s, which is loopback written otherwise, is none of them',
    (url) => {
      expect(open.mayName(new URL(url).hostname)).toBe(false);
    },
  );

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '[2606:4700::1111]', '[::ffff:8.8.8.8]', 'example.org'])(
    '%s is one',
    (host) => {
      expect(open.mayName(new URL(`http://${host}/`).hostname)).toBe(true);
    },
  );

  it('those of the site are, once the settings name them, and no others', () => {
    const site = openNetworkFilter('10.20.0.0/16, fd12::/16, 192.168.1.7');
    const may = (host: string) => site.mayName(host);
    expect(['10.20.3.4', '[fd12::5]', '192.168.1.7', '[::ffff:10.20.3.4]'].map(may)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['10.21.0.1', '[fd13::1]', '192.168.1.8', '127.0.0.1'].map(may)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('a name that leads into another network is refused when it is looked up', async () => {
    const lookUp = (filter: ReturnType<typeof openNetworkFilter>) =>
      new Promise((resolve) =>
        filter.lookup('localhost', { all: true }, (error, found) => resolve(error?.code ?? found)),
      );
    expect(await lookUp(open)).toBe('ERR_NETWORK_REFUSED');
    expect(await lookUp(openNetworkFilter('127.0.0.0/8, ::1'))).toEqual(
      expect.arrayContaining([expect.objectContaining({ family: expect.any(Number) as number })]),
    );
  });
});
