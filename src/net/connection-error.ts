/**
 * Why a connection failed, in words that hold nothing of the other side: what OpenSSL or the system say of it by code.
 * @param error what was thrown; the cause below it where it has one
 */
export function connectionError(error: unknown): string {
  const { code, name, cause } = error as { code?: unknown; name?: string; cause?: unknown };
  // AbortSignal.timeout's error has a numeric code.
  if (name === 'TimeoutError') return 'no answer in time';
  if (typeof code === 'string' && code in REASONS) return `${REASONS[code]} (${code})`;
  if (cause !== undefined && cause !== null) return connectionError(cause);
  return typeof code === 'string' ? code : (name ?? 'unknown');
}

/** True when the other side's certificate, or ours, is what stands between. */
export function isCertificateError(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && (code in CERTIFICATES || code.startsWith('ERR_SSL_TLSV13_ALERT')))
    return true;
  return cause !== undefined && cause !== null && isCertificateError(cause);
}

const CERTIFICATES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority unknown here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority unknown here',
  UNABLE_TO_GET_ISSUER_CERT: 'its chain of certificates is incomplete',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority unknown here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; compare the clocks',
  CERT_REVOKED: 'its certificate has been revoked',
  CERT_UNTRUSTED: 'its certificate is not trusted',
  CERT_SIGNATURE_FAILURE: 'the signature of its certificate is wrong',
  INVALID_PURPOSE: 'its certificate is not one for servers',
  HOSTNAME_MISMATCH: 'its certificate is for another name',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it wants a certificate of us',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'it does not accept our certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'it says that our certificate has expired',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'it refuses the handshake; it may want a certificate of us',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'it does not know the authority of our certificate',
};

const REASONS: Readonly<Record<string, string>> = {
  ...CERTIFICATES,
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be resolved now',
  ECONNRESET: 'the connection was closed',
  EHOSTUNREACH: 'no way leads to that address',
  ENETUNREACH: 'no way leads to that network',
  UND_ERR_SOCKET: 'the connection was closed; https may be spoken there, or a certificate of us be wanted',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within 10 s',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stood still',
  ERR_SSL_WRONG_VERSION_NUMBER: 'https where http is spoken',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'no version of TLS that both speak',
};
