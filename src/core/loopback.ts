/** Names and addresses of this machine that no other machine reaches; the last is IPv4 on an IPv6 socket. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** True for a host name or address that only this machine itself reaches. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);
