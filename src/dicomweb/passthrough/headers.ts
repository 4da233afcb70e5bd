import type { IncomingHttpHeaders } from 'node:http';
import type { Request, Response } from 'express';

/** What of a request the archive is told. Credentials, method overrides and whatever else was sent stay here. */
const TO_ARCHIVE = [
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'if-modified-since',
  'if-none-match',
  'range',
] as const;

/** What of the archive's answer is passed on. */
const FROM_ARCHIVE = [
  'accept-ranges',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-range',
  'content-type',
  'etag',
  'last-modified',
  'retry-after',
  'vary',
  'warning',
] as const;

// A host as `Forwarded` may carry it unquoted: Orthanc takes quotes for a part of the name.
const PLAIN_HOST = /^[A-Za-z0-9.\-:[\]]+$/;

/** The request's headers that are known, and `Forwarded`, from which Orthanc builds the URLs in its answers. */
export function headersToArchive(req: Request): Record<string, string> {
  const headers = pick(req.headers, TO_ARCHIVE);
  const host = req.headers.host ?? '';
  if (PLAIN_HOST.test(host)) headers.forwarded = `host=${host};proto=${req.protocol}`;
  return headers;
}

/** Passes the archive's headers on. */
export function passHeaders(from: IncomingHttpHeaders, res: Response): void {
  for (const [name, value] of Object.entries(pick(from, FROM_ARCHIVE))) res.setHeader(name, value);
}

/**
 * What every answer below the root carries. It may be a patient's, so nothing keeps a copy; and it may be of any type
 * that somebody has stored, so a browser must neither guess the type nor run what is in it.
 */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "script-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
  'cross-origin-resource-policy': 'same-origin',
};

function pick(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined) picked[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return picked;
}
