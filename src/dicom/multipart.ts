import { AppError } from '../core/index.js';

/** One part of a multipart/related body (RFC 2387); header names in lower case. */
export interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Reads the boundary of a multipart Content-Type.
 * @throws AppError `ARCHIVE_BAD_ANSWER` when there is none
 */
export function boundaryOf(contentType: string): string {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary) return boundary;
  throw new AppError('ARCHIVE_BAD_ANSWER', 'A multipart answer names no boundary');
}

/**
 * Splits a complete multipart body. A body without its closing delimiter was cut off and is refused.
 * @throws AppError `ARCHIVE_BAD_ANSWER`
 */
export function splitMultipart(body: Buffer, boundary: string): Part[] {
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let position = body.indexOf(delimiter);
  while (position !== -1) {
    const start = position + delimiter.length;
    if (body.subarray(start, start + 2).toString('latin1') === '--') return parts;
    const headerEnd = body.indexOf('\r\n\r\n', start);
    const next = headerEnd === -1 ? -1 : body.indexOf(delimiter, headerEnd + 4);
    if (next === -1) break;
    parts.push({
      headers: parseHeaders(body.subarray(start, headerEnd).toString('latin1')),
      // The line break before a delimiter belongs to the delimiter (RFC 2046 §5.1.1).
      body: body.subarray(headerEnd + 4, Math.max(headerEnd + 4, next - 2)),
    });
    position = next;
  }
  throw new AppError('ARCHIVE_BAD_ANSWER', 'A multipart answer ends before its closing delimiter');
}

function parseHeaders(text: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

/** Frames DICOM files for STOW-RS (PS3.18 §10.5). */
export function joinDicomParts(files: readonly Uint8Array[], boundary: string): Buffer {
  const chunks: Uint8Array[] = [];
  for (const file of files) {
    chunks.push(
      Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
      file,
      Buffer.from('\r\n'),
    );
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return Buffer.concat(chunks);
}
