import { AppError } from '../../core/index.js';
import { type Encoding, TRANSFER_SYNTAXES, transferSyntaxOf } from '../../dicom/index.js';

/** The syntaxes that are decoded here, for an Accept header or a document. */
export const DECODED_SYNTAXES: readonly string[] = Object.entries(TRANSFER_SYNTAXES)
  .filter(([, { decoder }]) => decoder !== 'archive' && decoder !== 'video')
  .map(([uid]) => uid);

/** @throws AppError `SYNTAX_UNSUPPORTED` with the reason */
export function encodingOf(transferSyntaxUid: string): Encoding {
  const syntax = transferSyntaxOf(transferSyntaxUid);
  if (syntax === undefined) {
    throw new AppError('SYNTAX_UNSUPPORTED', 'The transfer syntax is not one this service decodes');
  }
  const { decoder, name } = syntax;
  if (decoder === 'archive' || decoder === 'video') {
    throw new AppError('SYNTAX_UNSUPPORTED', `${name} is not decoded by this service`);
  }
  return decoder;
}
