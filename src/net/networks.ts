import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** What of the networks that are not the public internet may be reached. */
export interface NetworkFilter {
  /** Whether a host may be reached, as far as its name tells: true for a name, which is looked up later. */
  mayName(host: string): boolean;
  /** Resolves names to addresses that may be reached. Errors have the code `ERR_NETWORK_REFUSED` when there is none. */
  readonly lookup: LookupFunction;
}

/**
 * Networks that are of a machine, a site or a link, or that are reserved (IANA special-purpose address registries,
 * RFC 6890). Addresses of version 6 that carry one of version 4 are judged by that one.
 */
const SPECIAL = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...[
    '::/128',
    '::1/128',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    '3fff::/20',
  ],
  ...['5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];

/** @param allowed networks (`10.0.0.0/8`) and addresses with commas between them, which may be reached all the same */
export function openNetworkFilter(allowed: string): NetworkFilter {
  const special = listOf(SPECIAL);
  const exceptions = listOf(allowed.split(/[, ]+/).filter(Boolean));
  const mayReach = (address: string) => {
    const plain = embeddedV4(address) ?? address;
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
    return exceptions.check(plain, family) || !special.check(plain, family);
  };
  return {
    mayName(host) {
      const address = host.replace(/^\[|\]$/g, '');
      return isIP(address) === 0 || mayReach(address);
    },
    lookup(name, options, callback) {
      lookup(name, { ...options, all: true }, (error, found) => {
        if (error) return callback(error, []);
        const open = found.filter(({ address }) => mayReach(address));
        const first = open[0];
        if (first === undefined) return callback(networkRefused(), []);
        if (options.all) callback(null, open);
        else callback(null, first.address, first.family);
      });
    },
  };
}

/** An error as of a connection that was not tried. */
export const networkRefused = (): NodeJS.ErrnoException =>
  Object.assign(new Error('its network may not be reached'), { code: 'ERR_NETWORK_REFUSED' });

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, prefix] = network.split('/') as [string, string | undefined];
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list;
}

/** The address of version 4 in a mapped (RFC 4291 §2.5.5.2) or translated one (RFC 6052, 64:ff9b::/96). */
function embeddedV4(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined;
  // The parser of URLs writes it in its shortest form, in hexadecimal.
  const shortest = new URL(`http://[${address.split('%')[0]}]/`).hostname.slice(1, -1);
  const last = /^(?:::ffff:|64:ff9b::)(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/.exec(shortest);
  if (!last) return undefined;
  const [high, low] = [parseInt(last[1] ?? '0', 16), parseInt(last[2]!, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
