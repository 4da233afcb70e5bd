import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/index.js';
import { buildSeg, type SegInput } from '../../../src/objects/index.js';
import { mask, segInput } from './support/input.js';
import { source, UNITS } from './support/sources.js';

const stack = segInput(UNITS['stack of three instances']);
const one = segInput();
const [first] = one.frames;
const frame = (changes: object): SegInput => ({ ...one, frames: [{ ...first!, ...changes }] });
const algorithm = (changes: object): SegInput => ({ ...one, algorithm: { ...one.algorithm, ...changes } });
const segment = (changes: object): SegInput => ({ ...one, segment: { ...one.segment, ...changes } });
const second = (changes: object): SegInput => ({
  ...one,
  sources: [source(), source({ SOPInstanceUID: '1.2.3.4.5.2', ...changes })],
});

describe('input that is refused', () => {
  it.each<[string, SegInput, string]>([
    ['no source', { ...one, sources: [] }, 'sources is empty'],
    [
      'a source without class',
      { ...one, sources: [source({ SOPClassUID: undefined })] },
      'sources[0] has no valid SOPClassUID',
    ],
    [
      'a path for a UID',
      { ...one, sources: [source({ SOPInstanceUID: '../1' })] },
      'sources[0] has no valid SOPInstanceUID',
    ],
    [
      'a source without size',
      { ...one, sources: [source({ Rows: undefined })] },
      'sources[0] has no valid Rows',
    ],
    ['sources of two sizes', second({ Columns: 10 }), 'sources[1] differs from sources[0] in Columns'],
    [
      'sources of two studies',
      second({ StudyInstanceUID: '1.9' }),
      'sources[1] is of another study than sources[0]',
    ],
    ['a source given twice', second({ SOPInstanceUID: '1.2.3.4.5.1' }), 'sources[1] is given twice'],
    ['no frame', { ...one, frames: [] }, 'frames is empty'],
    ['a frame of no source', frame({ sourceIndex: 1 }), 'frames[0].sourceIndex 1 is not in sources'],
    ['a frame the source lacks', frame({ frameNumber: 2 }), 'frames[0].frameNumber 2 is not in 1–1'],
    ['a mask of another size', frame({ mask: mask(9, 6) }), 'frames[0].mask has 9×6 pixels, its source 6×9'],
    [
      'a mask cut off',
      frame({ mask: { rows: 6, columns: 9, data: new Uint8Array(53) } }),
      'frames[0].mask.data has 53 bytes, not 54',
    ],
    [
      'a mask of 255s',
      frame({ mask: { rows: 6, columns: 9, data: new Uint8Array(54).fill(255) } }),
      'frames[0].mask.data holds other values than 0 and 1',
    ],
    [
      'one pixel of 2 at the end',
      frame({ mask: { rows: 6, columns: 9, data: new Uint8Array(54).fill(1).fill(2, 53) } }),
      'frames[0].mask.data holds other values than 0 and 1',
    ],
    [
      'one pixel of 128 in the middle',
      frame({ mask: { rows: 6, columns: 9, data: new Uint8Array(54).fill(128, 22, 23) } }),
      'frames[0].mask.data holds other values than 0 and 1',
    ],
    [
      'a mask of nothing',
      frame({ mask: { rows: 6, columns: 9, data: new Uint8Array(54) } }),
      'frames[0].mask has no foreground',
    ],
    [
      'frames out of order',
      { ...stack, frames: [...stack.frames].reverse() },
      'frames[1] is out of stack order or given twice',
    ],
    ['a frame twice', { ...one, frames: [first!, first!] }, 'frames[1] is out of stack order or given twice'],
    [
      'a label that does not fit',
      segment({ label: 'x'.repeat(65) }),
      'segment.label is longer than 64 characters',
    ],
    [
      'an incomplete code',
      segment({ type: { ...one.segment.type, meaning: '' } }),
      'segment.type.meaning is empty',
    ],
    ['a colour beyond 255', segment({ color: [0, 0, 256] }), 'segment.color is not sRGB 0–255'],
    [
      'a backslash in a name',
      algorithm({ name: 'a\\b' }),
      'algorithm.name holds a backslash or control character',
    ],
    ['a hash that is none', algorithm({ weightsSha256: 'abc' }), 'algorithm.weightsSha256 is not a SHA-256'],
    ['a score in percent', algorithm({ score: 97 }), 'algorithm.score is not in 0–1'],
    ['a date that is none', { ...one, now: new Date('never') }, 'now is not a date'],
  ])('%s', (_, input, message) => {
    const build = () => buildSeg(input);
    expect(build).toThrow(AppError);
    expect(build).toThrow(expect.objectContaining({ code: 'SEG_INVALID' }));
    expect(build).toThrow(message);
  });
});
