import { deflateRawSync } from 'node:zlib';
import { deriveUid } from '../../src/core/index.js';

/** How a test object is written. */
export interface NestedForm {
  readonly depth: number;
  readonly syntax?: 'explicit' | 'implicit' | 'big endian' | 'deflated';
  /** Sequences and items whose length is not given, but a delimiter. */
  readonly undefinedLength?: boolean;
  /** VR of the sequences in explicit form; UN holds implicit content. */
  readonly vr?: 'SQ' | 'UN';
  /** Bytes of a picture behind the sequences. */
  readonly pixels?: number;
  readonly salt?: string;
}

const SYNTAXES = {
  explicit: '1.2.840.10008.1.2.1',
  implicit: '1.2.840.10008.1.2',
  'big endian': '1.2.840.10008.1.2.2',
  deflated: '1.2.840.10008.1.2.1.99',
} as const;
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

/** UIDs of the object with this salt. */
export const nestedUids = (salt = '') => ({
  sopClass: SECONDARY_CAPTURE,
  instance: deriveUid('nested', 'instance', salt) as string,
  study: deriveUid('nested', 'study', salt) as string,
});

/** An object in Part 10 form whose sequences lie `depth` levels within each other. */
export function nestedObject(form: NestedForm): Buffer {
  const { depth, syntax = 'explicit', undefinedLength = false, vr = 'SQ', pixels = 0, salt = '' } = form;
  const [big, isExplicit] = [syntax === 'big endian', syntax !== 'implicit'];
  const write = writer(big);
  const { instance, study } = nestedUids(salt);
  const items: [number, string, string][] = [
    [0x00080016, 'UI', SECONDARY_CAPTURE],
    [0x00080018, 'UI', instance],
    [0x00080060, 'CS', 'OT'],
    [0x00100020, 'LO', 'nested'],
    [0x0020000d, 'UI', study],
    [0x0020000e, 'UI', deriveUid('nested', 'series', salt)],
  ];
  const text = (explicit: boolean) =>
    Buffer.concat(items.map(([tag, kind, value]) => write(tag, kind, padded(value), explicit)));
  const inner = isExplicit && vr === 'SQ';
  // The element of the innermost item.
  let content: Buffer = write(0x0040a168, 'SH', padded('x'), inner);
  for (let level = depth; level >= 1; level -= 1) {
    const isOutermost = level === 1;
    const item = delimited(0xfffee000, content, undefinedLength, 0xfffee00d, big);
    content = sequence(item, { explicit: isOutermost ? isExplicit : inner, vr: isOutermost ? vr : 'SQ' });
  }
  function sequence(item: Buffer, { explicit, vr: kind }: { explicit: boolean; vr: string }): Buffer {
    const length = undefinedLength ? 0xffffffff : item.length;
    const end = undefinedLength ? itemHead(0xfffee0dd, 0, big) : Buffer.alloc(0);
    return Buffer.concat([head(0x0040a730, kind, length, explicit, big), item, end]);
  }
  const picture =
    pixels === 0 ? Buffer.alloc(0) : write(0x7fe00010, 'OW', Buffer.alloc(pixels, 1), isExplicit);
  const dataset = Buffer.concat([text(isExplicit), ...(depth > 0 ? [content] : []), picture]);
  const meta = writer(false);
  const group2 = Buffer.concat([
    meta(0x00020002, 'UI', padded(SECONDARY_CAPTURE), true),
    meta(0x00020003, 'UI', padded(instance), true),
    meta(0x00020010, 'UI', padded(SYNTAXES[syntax]), true),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(group2.length);
  const start = Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    meta(0x00020000, 'UL', size, true),
    group2,
  ]);
  return Buffer.concat([start, syntax === 'deflated' ? deflateRawSync(dataset) : dataset]);
}

const padded = (text: string) => Buffer.from(text.length % 2 === 0 ? text : `${text}\0`, 'latin1');

function head(tag: number, vr: string, length: number, explicit: boolean, big: boolean): Buffer {
  const isLong = /^(?:SQ|UN|OW|OB)$/.test(vr);
  const bytes = Buffer.alloc(explicit && isLong ? 12 : 8);
  const u16 = (value: number, at: number) =>
    void (big ? bytes.writeUInt16BE(value, at) : bytes.writeUInt16LE(value, at));
  const u32 = (value: number, at: number) =>
    void (big ? bytes.writeUInt32BE(value, at) : bytes.writeUInt32LE(value, at));
  u16(Math.floor(tag / 0x10000), 0);
  u16(tag % 0x10000, 2);
  if (!explicit) u32(length, 4);
  else {
    bytes.write(vr, 4, 'latin1');
    if (isLong) u32(length, 8);
    else u16(length, 6);
  }
  return bytes;
}

const itemHead = (tag: number, length: number, big: boolean) => head(tag, '', length, false, big);

const writer = (big: boolean) => (tag: number, vr: string, value: Buffer, explicit: boolean) =>
  Buffer.concat([head(tag, vr, value.length, explicit, big), value]);

function delimited(
  tag: number,
  content: Buffer,
  undefinedLength: boolean,
  end: number,
  big: boolean,
): Buffer {
  if (!undefinedLength) return Buffer.concat([itemHead(tag, content.length, big), content]);
  return Buffer.concat([itemHead(tag, 0xffffffff, big), content, itemHead(end, 0, big)]);
}
