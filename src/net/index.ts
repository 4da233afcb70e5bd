/** Connections to others: TLS with files that may change, which networks may be reached, and why a connection failed. */
export { connectionError, isCertificateError } from './connection-error.js';
export { networkRefused, openNetworkFilter } from './networks.js';
export { openOutbound } from './outbound.js';
export { type OpenTlsFiles, openTlsFiles, type TlsMaterial } from './tls-files.js';
