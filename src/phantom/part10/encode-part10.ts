import { EXPLICIT_VR_LITTLE_ENDIAN, TAG } from '../../dicom/index.js';
import { deriveUid } from '../../core/index.js';
import type { Attributes } from './attributes.js';
import { encapsulate } from './encapsulate.js';
import { encodeDataset, encodeElement } from './encode-dataset.js';
import { encodeText, type CharacterSet } from './encode-text.js';

const IMPLEMENTATION = deriveUid('esp-medsam-orthanc', 'phantom generator');

/** Frames that are already compressed. */
export interface EncodedFrames {
  readonly transferSyntaxUid: string;
  readonly frames: readonly Uint8Array[];
}

/**
 * Encodes a data set as DICOM file (PS3.10). Written out here rather than with the library that writes the SEG:
 * test data must not share its mistakes, and the library writes UTF-8 only.
 * @param encoded frames to encapsulate; without them PixelData of the attributes is written as it is
 */
export function encodePart10(attributes: Attributes, set: CharacterSet, encoded?: EncodedFrames): Uint8Array {
  const meta = Buffer.concat([
    encodeElement(TAG.FileMetaInformationVersion, 'OB', Buffer.from([0, 1])),
    text(TAG.MediaStorageSOPClassUID, 'UI', String(attributes.SOPClassUID)),
    text(TAG.MediaStorageSOPInstanceUID, 'UI', String(attributes.SOPInstanceUID)),
    text(TAG.TransferSyntaxUID, 'UI', encoded?.transferSyntaxUid ?? EXPLICIT_VR_LITTLE_ENDIAN),
    text(TAG.ImplementationClassUID, 'UI', IMPLEMENTATION),
    text(TAG.ImplementationVersionName, 'SH', 'ESP-PHANTOM'),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(meta.length);
  const prefix = Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    encodeElement(TAG.FileMetaInformationGroupLength, 'UL', length),
  ]);
  // PixelData has the highest tag of all.
  const pixels = encoded ? encapsulate(encoded.frames) : Buffer.alloc(0);
  return Buffer.concat([prefix, meta, encodeDataset(attributes, set), pixels]);
}

function text(tag: string, vr: string, value: string): Buffer {
  return encodeElement(tag, vr, encodeText(value, 'ISO_IR 6'));
}
