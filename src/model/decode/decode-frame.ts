import { AppError, type EncodedFrame } from '../../core/index.js';
import { checkDescription } from './check-description.js';
import { decodeHtj2k, decodeJpeg2000 } from './jpeg-2000.js';
import { decodeJpegLs } from './jpeg-ls.js';
import { decodeJpeg } from './jpeg.js';
import { decodeNative } from './native.js';
import { decodeRle } from './rle.js';
import { sampleCount, type DecodedFrame } from './samples.js';
import { encodingOf } from './transfer-syntax.js';

/**
 * Decodes one frame to sample values and describes what they are now: colour by pixel, RGB where the codec undid a
 * colour transform, values right-aligned and sign-extended.
 * @throws AppError `SYNTAX_UNSUPPORTED`, `PIXELS_UNSUPPORTED`, or `PIXELS_INVALID` for anything damaged
 */
export async function decodeFrame(frame: EncodedFrame): Promise<DecodedFrame> {
  const encoding = encodingOf(frame.transferSyntaxUid);
  checkDescription(frame.pixels);
  if (frame.bytes.length === 0) throw new AppError('PIXELS_INVALID', 'Frame has no bytes');
  const decoded = await decodeAs(encoding, frame);
  if (decoded.samples.length !== sampleCount(frame.pixels)) {
    throw new AppError('PIXELS_INVALID', 'Decoded frame does not have the size its header asks for');
  }
  return decoded;
}

function decodeAs(
  encoding: ReturnType<typeof encodingOf>,
  { bytes, pixels }: EncodedFrame,
): DecodedFrame | Promise<DecodedFrame> {
  switch (encoding) {
    case 'native-le':
      return decodeNative(bytes, pixels, true);
    case 'native-be':
      return decodeNative(bytes, pixels, false);
    case 'rle':
      return decodeRle(bytes, pixels);
    case 'jpeg':
      return decodeJpeg(bytes, pixels);
    case 'jpeg-ls':
      return decodeJpegLs(bytes, pixels);
    case 'jpeg-2000':
      return decodeJpeg2000(bytes, pixels);
    case 'htj2k':
      return decodeHtj2k(bytes, pixels);
  }
}
