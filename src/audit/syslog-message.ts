const FACILITY = 10;
const SEVERITY = { notice: 5, warning: 4 } as const;

/**
 * A syslog message (RFC 5424 §6) as PS3.15 §A.6 and §A.7 want it: facility 10 (security and authorisation), MSGID
 * `DICOM+RFC3881`, no structured data, the audit message as MSG.
 * @param parts.message US-ASCII
 */
export function syslogMessage(parts: {
  isSuccess: boolean;
  at: Date;
  hostname: string;
  pid: number;
  message: string;
}): string {
  const priority = FACILITY * 8 + (parts.isSuccess ? SEVERITY.notice : SEVERITY.warning);
  const hostname = parts.hostname.replace(/[^\x21-\x7e]/g, '').slice(0, 255) || '-';
  return `<${priority}>1 ${parts.at.toISOString()} ${hostname} esp-medsam ${parts.pid} DICOM+RFC3881 - ${parts.message}`;
}

/** A message as a frame of syslog over TLS: its length in octets, a space, the message (RFC 5425 §4.3). */
export const tlsFrame = (message: string): string => `${Buffer.byteLength(message)} ${message}`;
