import { AppError } from '../../core/index.js';

/** How a frame is encoded, by family of decoder. */
export type Encoding = 'native-le' | 'native-be' | 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k';

// Frames of deflated objects leave a DICOMweb archive inflated: deflating is the data set's, not the frame's.
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  '1.2.840.10008.1.2': 'native-le',
  '1.2.840.10008.1.2.1': 'native-le',
  '1.2.840.10008.1.2.1.99': 'native-le',
  '1.2.840.10008.1.2.2': 'native-be',
  '1.2.840.10008.1.2.5': 'rle',
  '1.2.840.10008.1.2.4.50': 'jpeg',
  '1.2.840.10008.1.2.4.51': 'jpeg',
  '1.2.840.10008.1.2.4.57': 'jpeg',
  '1.2.840.10008.1.2.4.70': 'jpeg',
  '1.2.840.10008.1.2.4.80': 'jpeg-ls',
  '1.2.840.10008.1.2.4.81': 'jpeg-ls',
  '1.2.840.10008.1.2.4.90': 'jpeg-2000',
  '1.2.840.10008.1.2.4.91': 'jpeg-2000',
  '1.2.840.10008.1.2.4.201': 'htj2k',
  '1.2.840.10008.1.2.4.202': 'htj2k',
  '1.2.840.10008.1.2.4.203': 'htj2k',
};

/** Families we know and do not decode; the longest matching prefix is told. */
const REFUSED: readonly (readonly [prefix: string, what: string])[] = [
  ['1.2.840.10008.1.2.4.10', 'MPEG video'],
  ['1.2.840.10008.1.2.7', 'SMPTE ST 2110 streaming video'],
  ['1.2.840.10008.1.2.4.92', 'JPEG 2000 multi-component'],
  ['1.2.840.10008.1.2.4.93', 'JPEG 2000 multi-component'],
  ['1.2.840.10008.1.2.4.94', 'JPIP referenced pixel data'],
  ['1.2.840.10008.1.2.4.95', 'JPIP referenced pixel data'],
  ['1.2.840.10008.1.2.4.11', 'JPEG XL'],
  ['1.2.840.10008.1.2.4.20', 'JPIP referenced pixel data'],
];

/** The syntaxes this library decodes, for an Accept header or a document. */
export const DECODED_SYNTAXES: readonly string[] = Object.keys(ENCODINGS);

/** @throws AppError `SYNTAX_UNSUPPORTED` with the reason */
export function encodingOf(transferSyntaxUid: string): Encoding {
  const encoding = Object.hasOwn(ENCODINGS, transferSyntaxUid) ? ENCODINGS[transferSyntaxUid] : undefined;
  if (encoding !== undefined) return encoding;
  const refused = REFUSED.find(([prefix]) => transferSyntaxUid.startsWith(prefix));
  throw new AppError(
    'SYNTAX_UNSUPPORTED',
    refused
      ? `${refused[1]} is not decoded by this service`
      : 'The transfer syntax is not one this service decodes',
  );
}
