import dcmjs, { type DcmjsElement, type DicomDict } from 'dcmjs';
import {
  type DicomJson,
  type DicomJsonAttribute,
  EXPLICIT_VR_LITTLE_ENDIAN,
  stringOf,
  TAG,
} from '../../dicom/index.js';
import { AppError, deriveUid } from '../../core/index.js';
import { decimalString } from './decimal-string.js';
import { personName } from './person-name.js';
import type { PixelData } from './pixel-format.js';

// dcmjs quotes values, so possibly names, in what it logs.
dcmjs.log.setLevel(dcmjs.log.levels.SILENT);

const IMPLEMENTATION_CLASS_UID = deriveUid('esp-medsam-orthanc', 'implementation-class');
const PIXEL_DATA_HEADER = [0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0] as const; // (7FE0,0010) OB

/**
 * Writes a data set, with pixel data if it has any, as Part 10 file in Explicit VR Little Endian, text in UTF-8.
 * @throws AppError `SEG_INVALID`
 */
export function encodePart10(dataset: DicomJson, pixelData?: PixelData): Uint8Array {
  const file = new dcmjs.data.DicomDict({
    [TAG.FileMetaInformationVersion]: { vr: 'OB', Value: [Uint8Array.of(0, 1).buffer] },
    [TAG.MediaStorageSOPClassUID]: { vr: 'UI', Value: [stringOf(dataset, TAG.SOPClassUID)] },
    [TAG.MediaStorageSOPInstanceUID]: { vr: 'UI', Value: [stringOf(dataset, TAG.SOPInstanceUID)] },
    [TAG.TransferSyntaxUID]: { vr: 'UI', Value: [EXPLICIT_VR_LITTLE_ENDIAN] },
    [TAG.ImplementationClassUID]: { vr: 'UI', Value: [IMPLEMENTATION_CLASS_UID] },
    [TAG.ImplementationVersionName]: { vr: 'SH', Value: ['ESP-MEDSAM'] },
  });
  file.dict = writable(dataset);
  const header = writeHeader(file);
  return pixelData ? appendPixelData(header, pixelData) : header;
}

function writeHeader(file: DicomDict): Uint8Array {
  try {
    // Attributes of the source are carried over as they are, even where they are longer than allowed.
    return new Uint8Array(file.write({ allowInvalidVRLength: true }));
  } catch (thrown) {
    // No cause: the message of dcmjs may quote a value.
    throw new AppError(
      'SEG_INVALID',
      `The encoder refused the data set (${thrown instanceof Error ? thrown.name : ''})`,
    );
  }
}

/** Pixel data is the last element and by far the largest: it is added here, without the copies dcmjs would make. */
function appendPixelData(header: Uint8Array, pixelData: PixelData): Uint8Array {
  const start = header.length + PIXEL_DATA_HEADER.length + 4;
  const bytes = new Uint8Array(start + pixelData.length);
  bytes.set(header);
  bytes.set(PIXEL_DATA_HEADER, header.length);
  new DataView(bytes.buffer).setUint32(start - 4, pixelData.length, true);
  pixelData.writeTo(bytes.subarray(start));
  return bytes;
}

// Strings of 16-bit length (PS3.5 Table 7.1-2), long strings, and numbers: everything a SEG or a report is made of.
const SHORT_TEXT = /^(AE|AS|CS|DA|DS|DT|IS|LO|LT|PN|SH|ST|TM|UI)$/;
const LONG_TEXT = /^(UC|UR|UT)$/;
const NUMBER = /^(US|SS|UL|SL|FL|FD)$/;
const MAX_SHORT_TEXT = 65_534;

function writable(dataset: DicomJson): Record<string, DcmjsElement> {
  return Object.fromEntries(
    Object.entries(dataset).map(([tag, attribute]) => [tag, writableElement(tag, attribute)]),
  );
}

function writableElement(tag: string, { vr = 'UN', Value = [] }: DicomJsonAttribute): DcmjsElement {
  const values = Value.map((value) => writableValue(tag, vr, value));
  if (SHORT_TEXT.test(vr) && Buffer.byteLength(values.join('\\')) > MAX_SHORT_TEXT) {
    throw new AppError('SEG_INVALID', `${tag} is too long for ${vr}`);
  }
  return { vr, Value: values };
}

function writableValue(tag: string, vr: string, value: unknown): unknown {
  if (vr === 'SQ') return writable(value as DicomJson);
  if (vr === 'PN') return personName(value);
  if (vr === 'AT') return Number.parseInt(String(value), 16);
  if (NUMBER.test(vr)) return Number(value);
  if (vr === 'DS' && typeof value === 'number') return decimalString(value);
  if (SHORT_TEXT.test(vr) || LONG_TEXT.test(vr)) return String(value ?? '');
  throw new AppError('SEG_INVALID', `${tag} cannot be written as ${vr}`);
}
