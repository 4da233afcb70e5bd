const JPEG_2000 = '1.2.840.10008.1.2.4.90';
const HTJ2K = '1.2.840.10008.1.2.4.201';
/** SOC and SIZ, the start of every JPEG 2000 codestream (T.800 Annex A). */
const START = [0xff, 0x4f, 0xff, 0x51];
/** Position of Rsiz behind SOC, SIZ and its length; this bit of its first byte says high throughput (T.814). */
const CAPABILITIES = 6;
const HIGH_THROUGHPUT = 0x40;

/** The transfer syntax that bytes are in when they are a JPEG 2000 codestream, whatever their sender calls them. */
export function codestreamSyntax(bytes: Uint8Array): string | undefined {
  if (!START.every((byte, i) => bytes[i] === byte)) return undefined;
  return ((bytes[CAPABILITIES] ?? 0) & HIGH_THROUGHPUT) !== 0 ? HTJ2K : JPEG_2000;
}
