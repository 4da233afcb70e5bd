import { isLossy } from '../lossy.js';
import { pixelDataLength as lengthOf, pixelFormat } from '../../shared/pixel-format.js';
import { number, text, texts } from './read.js';
import type { Rule } from './rule.js';

/** Pixels and their size. */
export const imageRules: readonly Rule[] = [
  {
    id: 'pixel-format',
    refusedBy: ['OHIF', 'dcmqi (3D Slicer)'],
    broken: ({ dataset, form }) => {
      const expected = pixelFormat(form);
      const wrong = (Object.keys(expected) as (keyof typeof expected)[]).filter((key) => {
        const value = expected[key];
        return (typeof value === 'string' ? text(dataset, key) : number(dataset, key)) !== value;
      });
      return wrong.length > 0 ? `not as in a ${form} segmentation: ${wrong.join(', ')}` : undefined;
    },
  },
  {
    id: 'size',
    refusedBy: ['OHIF', 'dcmqi (3D Slicer)'],
    broken: ({ dataset, sources = [] }) => {
      for (const keyword of ['Rows', 'Columns'] as const) {
        const size = number(dataset, keyword);
        if (!Number.isInteger(size) || size! < 1) return `${keyword} is not a positive integer`;
        if (sources.some((source) => number(source, keyword) !== size))
          return `${keyword} is not that of the source`;
      }
      return undefined;
    },
  },
  {
    id: 'pixel-data-length',
    refusedBy: ['OHIF', 'dcmqi (3D Slicer)'],
    broken: ({ dataset, form, pixelDataLength }) => {
      if (pixelDataLength === undefined) return undefined;
      const [rows = 0, columns = 0, frames = 0] = (['Rows', 'Columns', 'NumberOfFrames'] as const).map(
        (key) => number(dataset, key),
      );
      const expected = lengthOf(form, rows * columns * frames);
      return pixelDataLength === expected
        ? undefined
        : `pixel data has ${pixelDataLength} bytes, not ${expected}`;
    },
  },
  {
    id: 'lossy',
    broken: ({ dataset, sources = [] }) => {
      const flag = text(dataset, 'LossyImageCompression');
      if (flag !== '00' && flag !== '01') return 'LossyImageCompression is neither 00 nor 01';
      if (flag === '00' && sources.some(isLossy))
        return 'a source was compressed with loss, LossyImageCompression is 00';
      const ratios = texts(dataset, 'LossyImageCompressionRatio').length;
      const methods = texts(dataset, 'LossyImageCompressionMethod').length;
      if (flag === '00' && ratios + methods > 0) return 'a lossy ratio or method without lossy compression';
      return undefined;
    },
  },
];
