import { readFileSync, writeFileSync } from 'node:fs';
import type { PixelDescription } from '../../src/core/index.js';

/** Writes a Secondary Capture in Explicit VR Little Endian, just enough for DCMTK's tools. */
export function writeDicom(path: string, pixels: PixelDescription, frame: Uint8Array): void {
  const meta = Buffer.concat([
    element(0x0002, 0x0001, 'OB', Buffer.from([0, 1])),
    text(0x0002, 0x0002, 'UI', '1.2.840.10008.5.1.4.1.1.7'),
    text(0x0002, 0x0003, 'UI', '2.25.1'),
    text(0x0002, 0x0010, 'UI', '1.2.840.10008.1.2.1'),
    text(0x0002, 0x0012, 'UI', '2.25.2'),
  ]);
  const dataset = Buffer.concat([
    text(0x0008, 0x0016, 'UI', '1.2.840.10008.5.1.4.1.1.7'),
    text(0x0008, 0x0018, 'UI', '2.25.1'),
    text(0x0008, 0x0060, 'CS', 'OT'),
    text(0x0020, 0x000d, 'UI', '2.25.3'),
    text(0x0020, 0x000e, 'UI', '2.25.4'),
    us(0x0028, 0x0002, pixels.samplesPerPixel),
    text(0x0028, 0x0004, 'CS', pixels.photometricInterpretation),
    ...(pixels.samplesPerPixel > 1 ? [us(0x0028, 0x0006, pixels.planarConfiguration)] : []),
    us(0x0028, 0x0010, pixels.rows),
    us(0x0028, 0x0011, pixels.columns),
    us(0x0028, 0x0100, pixels.bitsAllocated),
    us(0x0028, 0x0101, pixels.bitsStored),
    us(0x0028, 0x0102, pixels.highBit),
    us(0x0028, 0x0103, pixels.pixelRepresentation),
    element(0x7fe0, 0x0010, pixels.bitsAllocated > 8 ? 'OW' : 'OB', Buffer.from(frame)),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(meta.length);
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.alloc(128),
      Buffer.from('DICM'),
      element(0x0002, 0x0000, 'UL', length),
      meta,
      dataset,
    ]),
  );
}

/** What a file's header says about its pixels, and its first frame as stored. */
export interface DicomPixels {
  readonly transferSyntaxUid: string;
  readonly photometricInterpretation: string;
  readonly planarConfiguration: 0 | 1;
  readonly frame: Uint8Array;
}

/** Reads a single-frame file in an explicit little endian or encapsulated syntax without sequences. */
export function readDicom(path: string): DicomPixels {
  const file = readFileSync(path);
  let at = 132;
  let transferSyntaxUid = '';
  let photometricInterpretation = '';
  let planarConfiguration: 0 | 1 = 0;
  for (;;) {
    const tag = file.readUInt16LE(at) * 65_536 + file.readUInt16LE(at + 2);
    const vr = file.toString('latin1', at + 4, at + 6);
    const long = ['OB', 'OW', 'SQ', 'UN', 'UT'].includes(vr);
    const length = long ? file.readUInt32LE(at + 8) : file.readUInt16LE(at + 6);
    const start = at + (long ? 12 : 8);
    const string = () => file.toString('latin1', start, start + length).replace(/[\0 ]+$/, '');
    if (tag === 0x00020010) transferSyntaxUid = string();
    if (tag === 0x00280004) photometricInterpretation = string();
    if (tag === 0x00280006) planarConfiguration = file.readUInt16LE(start) === 1 ? 1 : 0;
    if (tag === 0x7fe00010) {
      const frame = length === 0xffffffff ? joinFragments(file, start) : file.subarray(start, start + length);
      return {
        transferSyntaxUid,
        photometricInterpretation,
        planarConfiguration,
        frame: Uint8Array.from(frame),
      };
    }
    at =
      length === 0xffffffff ? file.indexOf(Buffer.from([0xfe, 0xff, 0xdd, 0xe0]), start) + 8 : start + length;
  }
}

function joinFragments(file: Buffer, start: number): Buffer {
  const fragments: Buffer[] = [];
  // The first item is the basic offset table.
  let at = start + 8 + file.readUInt32LE(start + 4);
  while (file.readUInt16LE(at + 2) === 0xe000) {
    const length = file.readUInt32LE(at + 4);
    fragments.push(file.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return Buffer.concat(fragments);
}

function element(group: number, number: number, vr: string, value: Buffer): Buffer {
  const padded = value.length % 2 === 0 ? value : Buffer.concat([value, Buffer.from([0])]);
  const long = vr === 'OB' || vr === 'OW';
  const header = Buffer.alloc(long ? 12 : 8);
  header.writeUInt16LE(group, 0);
  header.writeUInt16LE(number, 2);
  header.write(vr, 4, 'latin1');
  if (long) header.writeUInt32LE(padded.length, 8);
  else header.writeUInt16LE(padded.length, 6);
  return Buffer.concat([header, padded]);
}

function text(group: number, number: number, vr: string, value: string): Buffer {
  const pad = value.length % 2 === 0 ? '' : vr === 'UI' ? '\0' : ' ';
  return element(group, number, vr, Buffer.from(value + pad, 'latin1'));
}

function us(group: number, number: number, value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return element(group, number, 'US', bytes);
}
