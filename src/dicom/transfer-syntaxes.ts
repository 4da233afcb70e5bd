/** Decoders of this service, by the family of encodings that they read. */
export type Encoding = 'native-le' | 'native-be' | 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k';

/** One transfer syntax (PS3.6 Table A-1, PS3.5 Annex A). */
export interface TransferSyntax {
  readonly name: string;
  /** Native pixel data are uncompressed; encapsulated ones are one codestream a frame, or a video. */
  readonly pixelData: 'native' | 'encapsulated' | 'referenced';
  /** Whether the encoding itself may lose detail; a lossless one may still hold what was lossy before. */
  readonly lossy: boolean;
  /** The decoder here; `archive`: only what the archive transcodes is read; `video`: nobody decodes it. */
  readonly decoder: Encoding | 'archive' | 'video';
}

/** The transfer syntax that every reader and archive knows (PS3.5 A.2): what we write and what we fall back on. */
export const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/** Every transfer syntax this service knows, by UID. Adding one here is enough for a family that has a decoder. */
export const TRANSFER_SYNTAXES: Readonly<Record<string, TransferSyntax>> = {
  '1.2.840.10008.1.2': native('Implicit VR Little Endian', 'native-le'),
  [EXPLICIT_VR_LITTLE_ENDIAN]: native('Explicit VR Little Endian', 'native-le'),
  // Frames of deflated objects leave a DICOMweb archive inflated: deflating is the data set's, not the frame's.
  '1.2.840.10008.1.2.1.99': native('Deflated Explicit VR Little Endian', 'native-le'),
  '1.2.840.10008.1.2.2': native('Explicit VR Big Endian', 'native-be'),
  '1.2.840.10008.1.2.1.98': lossless('Encapsulated Uncompressed Explicit VR Little Endian', 'archive'),
  '1.2.840.10008.1.2.5': lossless('RLE Lossless', 'rle'),
  '1.2.840.10008.1.2.8.1': lossless('Deflated Image Frame Compression', 'archive'),
  '1.2.840.10008.1.2.4.50': lossy('JPEG Baseline', 'jpeg'),
  '1.2.840.10008.1.2.4.51': lossy('JPEG Extended', 'jpeg'),
  '1.2.840.10008.1.2.4.57': lossless('JPEG Lossless, Non-Hierarchical', 'jpeg'),
  '1.2.840.10008.1.2.4.70': lossless('JPEG Lossless, First-Order Prediction', 'jpeg'),
  '1.2.840.10008.1.2.4.80': lossless('JPEG-LS Lossless', 'jpeg-ls'),
  '1.2.840.10008.1.2.4.81': lossy('JPEG-LS Near-Lossless', 'jpeg-ls'),
  '1.2.840.10008.1.2.4.90': lossless('JPEG 2000 Lossless', 'jpeg-2000'),
  '1.2.840.10008.1.2.4.91': lossy('JPEG 2000', 'jpeg-2000'),
  '1.2.840.10008.1.2.4.92': lossless('JPEG 2000 multi-component Lossless', 'archive'),
  '1.2.840.10008.1.2.4.93': lossy('JPEG 2000 multi-component', 'archive'),
  '1.2.840.10008.1.2.4.94': referenced('JPIP referenced pixel data'),
  '1.2.840.10008.1.2.4.95': referenced('JPIP referenced pixel data, deflated'),
  '1.2.840.10008.1.2.4.110': lossless('JPEG XL Lossless', 'archive'),
  '1.2.840.10008.1.2.4.111': lossy('JPEG XL JPEG Recompression', 'archive'),
  '1.2.840.10008.1.2.4.112': lossy('JPEG XL', 'archive'),
  '1.2.840.10008.1.2.4.201': lossless('High-Throughput JPEG 2000 Lossless', 'htj2k'),
  '1.2.840.10008.1.2.4.202': lossless('High-Throughput JPEG 2000 Lossless RPCL', 'htj2k'),
  '1.2.840.10008.1.2.4.203': lossy('High-Throughput JPEG 2000', 'htj2k'),
  '1.2.840.10008.1.2.4.204': referenced('JPIP referenced HTJ2K pixel data'),
  '1.2.840.10008.1.2.4.205': referenced('JPIP referenced HTJ2K pixel data, deflated'),
  '1.2.840.10008.1.2.4.100': video('MPEG-2 Main Profile / Main Level'),
  '1.2.840.10008.1.2.4.100.1': video('MPEG-2 Main Profile / Main Level, fragmentable'),
  '1.2.840.10008.1.2.4.101': video('MPEG-2 Main Profile / High Level'),
  '1.2.840.10008.1.2.4.101.1': video('MPEG-2 Main Profile / High Level, fragmentable'),
  '1.2.840.10008.1.2.4.102': video('MPEG-4 High Profile / Level 4.1'),
  '1.2.840.10008.1.2.4.102.1': video('MPEG-4 High Profile / Level 4.1, fragmentable'),
  '1.2.840.10008.1.2.4.103': video('MPEG-4 BD-compatible'),
  '1.2.840.10008.1.2.4.103.1': video('MPEG-4 BD-compatible, fragmentable'),
  '1.2.840.10008.1.2.4.104': video('MPEG-4 High Profile / Level 4.2, 2D'),
  '1.2.840.10008.1.2.4.104.1': video('MPEG-4 High Profile / Level 4.2, 2D, fragmentable'),
  '1.2.840.10008.1.2.4.105': video('MPEG-4 High Profile / Level 4.2, 3D'),
  '1.2.840.10008.1.2.4.105.1': video('MPEG-4 High Profile / Level 4.2, 3D, fragmentable'),
  '1.2.840.10008.1.2.4.106': video('MPEG-4 Stereo High Profile / Level 4.2'),
  '1.2.840.10008.1.2.4.106.1': video('MPEG-4 Stereo High Profile / Level 4.2, fragmentable'),
  '1.2.840.10008.1.2.4.107': video('HEVC Main Profile / Level 5.1'),
  '1.2.840.10008.1.2.4.108': video('HEVC Main 10 Profile / Level 5.1'),
  '1.2.840.10008.1.2.7.1': video('SMPTE ST 2110-20 uncompressed progressive video'),
  '1.2.840.10008.1.2.7.2': video('SMPTE ST 2110-20 uncompressed interlaced video'),
  '1.2.840.10008.1.2.7.3': video('SMPTE ST 2110-30 audio'),
};

/** The transfer syntax of a UID; undefined when it is none that is known here. */
export function transferSyntaxOf(uid: string): TransferSyntax | undefined {
  return Object.hasOwn(TRANSFER_SYNTAXES, uid) ? TRANSFER_SYNTAXES[uid] : undefined;
}

function native(name: string, decoder: Encoding): TransferSyntax {
  return { name, pixelData: 'native', lossy: false, decoder };
}

function lossless(name: string, decoder: TransferSyntax['decoder']): TransferSyntax {
  return { name, pixelData: 'encapsulated', lossy: false, decoder };
}

function lossy(name: string, decoder: TransferSyntax['decoder']): TransferSyntax {
  return { name, pixelData: 'encapsulated', lossy: true, decoder };
}

function referenced(name: string): TransferSyntax {
  return { name, pixelData: 'referenced', lossy: true, decoder: 'archive' };
}

function video(name: string): TransferSyntax {
  return { name, pixelData: 'encapsulated', lossy: true, decoder: 'video' };
}
