import { AppError, isUid } from '../../core/index.js';
import { type DicomJson, frameCount, numberOf, stringOf, TAG } from '../../dicom/index.js';
import type { Code, SegFrame, SegInput } from './types.js';
import { unpackMask } from './packed-mask.js';
import { wordsOf } from '../shared/words.js';

/**
 * Checks what a SEG is to be made of, before anything is built.
 * @throws AppError `SEG_INVALID` naming what is wrong and where, never a value of a patient attribute
 */
export function validateInput(input: SegInput): void {
  validateSources(input.sources);
  require(input.frames.length > 0, 'frames is empty: a SEG needs a frame with foreground');
  input.frames.forEach((frame, i) => validateFrame(frame, `frames[${i}]`, input));
  for (let i = 1; i < input.frames.length; i += 1) {
    const [before, after] = [input.frames[i - 1]!, input.frames[i]!];
    const ascending =
      before.sourceIndex < after.sourceIndex ||
      (before.sourceIndex === after.sourceIndex && before.frameNumber < after.frameNumber);
    require(ascending, `frames[${i}] is out of stack order or given twice`);
  }
  validateSegment(input.segment);
  validateAlgorithm(input.algorithm);
  require(!Number.isNaN(input.now.getTime()), 'now is not a date');
}

function validateSources(sources: readonly DicomJson[]): void {
  const first = sources[0];
  if (!first) throw new AppError('SEG_INVALID', 'sources is empty');
  const seen = new Set<string>();
  sources.forEach((source, i) => {
    for (const key of ['SOPClassUID', 'SOPInstanceUID', 'SeriesInstanceUID', 'StudyInstanceUID'] as const) {
      require(isUid(stringOf(source, TAG[key])), `sources[${i}] has no valid ${key}`);
    }
    for (const key of ['Rows', 'Columns'] as const) {
      const size = numberOf(source, TAG[key]);
      require(Number.isInteger(size) && size! > 0 && size! <= 65535, `sources[${i}] has no valid ${key}`);
      require(size === numberOf(first, TAG[key]), `sources[${i}] differs from sources[0] in ${key}`);
    }
    const study = stringOf(source, TAG.StudyInstanceUID);
    require(study ===
      stringOf(first, TAG.StudyInstanceUID), `sources[${i}] is of another study than sources[0]`);
    const uid = stringOf(source, TAG.SOPInstanceUID)!;
    require(!seen.has(uid), `sources[${i}] is given twice`);
    seen.add(uid);
  });
}

function validateFrame(frame: SegFrame, where: string, { sources }: SegInput): void {
  const { sourceIndex, frameNumber, mask } = frame;
  const source = sources[sourceIndex];
  if (!source) throw new AppError('SEG_INVALID', `${where}.sourceIndex ${sourceIndex} is not in sources`);
  const frames = frameCount(source);
  const inRange = Number.isInteger(frameNumber) && frameNumber >= 1 && frameNumber <= frames;
  require(inRange, `${where}.frameNumber ${frameNumber} is not in 1–${frames}`);
  const [rows, columns] = [numberOf(source, TAG.Rows)!, numberOf(source, TAG.Columns)!];
  require(mask.rows === rows &&
    mask.columns ===
      columns, `${where}.mask has ${mask.rows}×${mask.columns} pixels, its source ${rows}×${columns}`);
  const { data } = unpackMask(mask);
  require(data.length ===
    rows * columns, `${where}.mask.data has ${data.length} bytes, not ${rows * columns}`);
  const values = valuesUsed(data);
  require(values <= 1, `${where}.mask.data holds other values than 0 and 1`);
  require(values === 1, `${where}.mask has no foreground`);
}

/** All bits that occur in any pixel. */
function valuesUsed(data: Uint8Array): number {
  const words = wordsOf(data);
  let bits = 0;
  let word = 0;
  // Four at a time: every pixel of every frame passes here.
  for (; word + 3 < words.length; word += 4) {
    bits |= words[word]! | words[word + 1]! | words[word + 2]! | words[word + 3]!;
  }
  for (; word < words.length; word += 1) bits |= words[word]!;
  bits |= (bits >>> 16) | (bits >>> 8) | (bits >>> 24);
  for (let i = words.length * 4; i < data.length; i += 1) bits |= data[i]!;
  return bits & 0xff;
}

function validateSegment(segment: SegInput['segment']): void {
  validateText(segment.label, 64, 'segment.label');
  require(segment.description.trim() !== '', 'segment.description is empty');
  validateCode(segment.category, 'segment.category');
  validateCode(segment.type, 'segment.type');
  if (segment.region) validateCode(segment.region, 'segment.region');
  const isChannel = (value: number) => value >= 0 && value <= 255;
  require(segment.color.length === 3 && segment.color.every(isChannel), 'segment.color is not sRGB 0–255');
}

function validateCode(code: Code, where: string): void {
  validateText(code.value, 16, `${where}.value`);
  validateText(code.scheme, 16, `${where}.scheme`);
  validateText(code.meaning, 64, `${where}.meaning`);
}

function validateAlgorithm(algorithm: SegInput['algorithm']): void {
  validateText(algorithm.name, 64, 'algorithm.name');
  validateText(algorithm.version, 64, 'algorithm.version');
  validateText(algorithm.softwareVersion, 64, 'algorithm.softwareVersion');
  validateText(algorithm.preprocessingVersion, 64, 'algorithm.preprocessingVersion');
  require(/^[0-9a-f]{64}$/i.test(algorithm.weightsSha256), 'algorithm.weightsSha256 is not a SHA-256');
  const isShare = (value: number) => value >= 0 && value <= 1;
  require(isShare(algorithm.score), 'algorithm.score is not in 0–1');
  require(isShare(algorithm.threshold), 'algorithm.threshold is not in 0–1');
  for (const name of ['tiles', 'views'] as const) {
    const number = algorithm[name];
    require(Number.isInteger(number) && number > 0, `algorithm.${name} is not a positive integer`);
  }
}

function validateText(text: string, length: number, where: string): void {
  require(text.trim() !== '', `${where} is empty`);
  require([...text].length <= length, `${where} is longer than ${length} characters`);
  // eslint-disable-next-line no-control-regex
  require(!/[\\\x00-\x1f]/.test(text), `${where} holds a backslash or control character`);
}

function require(holds: boolean, message: string): asserts holds {
  if (!holds) throw new AppError('SEG_INVALID', message);
}
