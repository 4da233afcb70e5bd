import { type DicomJson, numbersOf, stringOf, stringsOf, tagOf } from '../../dicom/index.js';
import { elements } from '../shared/elements.js';
import type { SegInput } from './types.js';

/** Tells whether an image states that it has ever been compressed with loss. */
export function isLossy(source: DicomJson): boolean {
  return stringOf(source, tagOf('LossyImageCompression')) === '01';
}

/** Lossy compression of the sources, carried over: once lossy, for ever lossy (PS3.3 C.7.6.1.1.5). */
export function lossyCompression({ sources, lossy }: Pick<SegInput, 'sources' | 'lossy'>): DicomJson {
  const source =
    sources.find((candidate) => isLossy(candidate) && methodsOf(candidate).length > 0) ??
    sources.find(isLossy);
  if (!source && !lossy) return elements({ LossyImageCompression: '00' });
  const ratios = source ? numbersOf(source, tagOf('LossyImageCompressionRatio')) : [];
  const methods = source ? methodsOf(source) : [];
  return elements({
    LossyImageCompression: '01',
    LossyImageCompressionRatio: ratios.length > 0 ? ratios : lossy?.ratio,
    LossyImageCompressionMethod: methods.length > 0 ? methods : lossy?.method,
  });
}

function methodsOf(source: DicomJson): readonly string[] {
  return stringsOf(source, tagOf('LossyImageCompressionMethod'));
}
