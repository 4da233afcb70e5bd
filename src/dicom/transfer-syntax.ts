/** The transfer syntax that every reader and archive knows (PS3.5 A.2): what we write and what we fall back on. */
export const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
