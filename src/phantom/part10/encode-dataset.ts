import { ATTRIBUTES, type Keyword } from '../../dicom/index.js';
import type { Attributes, AttributeValue } from './attributes.js';
import { encodeText, type CharacterSet } from './encode-text.js';

/** VRs whose length takes four bytes (PS3.5 §7.1.2). */
const LONG_VRS = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);
const NUMBER_SIZES: Record<string, number> = { US: 2, SS: 2, UL: 4, FL: 4, FD: 8 };

/** Encodes a data set in Explicit VR Little Endian, attributes in order of their tags. */
export function encodeDataset(attributes: Attributes, set: CharacterSet): Buffer {
  const entries = (Object.entries(attributes) as [Keyword, AttributeValue][])
    .map(([keyword, value]) => {
      const [tag, vr] = ATTRIBUTES[keyword];
      return { tag, vr, value };
    })
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
  return Buffer.concat(
    entries.map(({ tag, vr, value }) => encodeElement(tag, vr, encodeValue(vr, value, set))),
  );
}

/** One element: tag, VR, length, value padded to even length. */
export function encodeElement(tag: string, vr: string, value: Buffer): Buffer {
  const padding =
    value.length % 2 === 0 ? Buffer.alloc(0) : Buffer.from(vr === 'UI' || vr === 'OB' ? [0] : [0x20]);
  const length = value.length + padding.length;
  const long = LONG_VRS.has(vr);
  const header = Buffer.alloc(long ? 12 : 8);
  header.writeUInt16LE(parseInt(tag.slice(0, 4), 16), 0);
  header.writeUInt16LE(parseInt(tag.slice(4), 16), 2);
  header.write(vr, 4, 'latin1');
  if (long) header.writeUInt32LE(length, 8);
  else header.writeUInt16LE(length, 6);
  return Buffer.concat([header, value, padding]);
}

function encodeValue(vr: string, value: AttributeValue, set: CharacterSet): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const values = Array.isArray(value)
    ? (value as readonly (string | number | Attributes)[])
    : [value as string | number];
  if (vr === 'SQ') return Buffer.concat(values.map((item) => encodeItem(item as Attributes, set)));
  if (vr === 'AT') return Buffer.concat(values.map((tag) => encodeTag(String(tag))));
  const size = NUMBER_SIZES[vr];
  if (size === undefined) return encodeText(values.join('\\'), set);
  const bytes = Buffer.alloc(size * values.length);
  values.forEach((number, index) => writeNumber(bytes, vr, Number(number), index * size));
  return bytes;
}

function encodeItem(item: Attributes, set: CharacterSet): Buffer {
  const content = encodeDataset(item, set);
  const header = Buffer.alloc(8);
  header.writeUInt16LE(0xfffe, 0);
  header.writeUInt16LE(0xe000, 2);
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content]);
}

function encodeTag(tag: string): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(parseInt(tag.slice(0, 4), 16), 0);
  bytes.writeUInt16LE(parseInt(tag.slice(4), 16), 2);
  return bytes;
}

function writeNumber(bytes: Buffer, vr: string, value: number, at: number): void {
  if (vr === 'US') bytes.writeUInt16LE(value, at);
  else if (vr === 'SS') bytes.writeInt16LE(value, at);
  else if (vr === 'UL') bytes.writeUInt32LE(value, at);
  else if (vr === 'FL') bytes.writeFloatLE(value, at);
  else bytes.writeDoubleLE(value, at);
}
