import { unsignedSamples } from './samples.js';

/** Reads bytes as unsigned values of 1, 2 or 4 bytes each, whatever the machine's own order; always a copy. */
export function readSamples(
  bytes: Uint8Array,
  bytesPerSample: number,
  littleEndian: boolean,
): Uint8Array | Uint16Array | Uint32Array {
  const count = Math.floor(bytes.length / bytesPerSample);
  const samples = unsignedSamples(bytesPerSample, count);
  if (samples instanceof Uint8Array) {
    samples.set(bytes.subarray(0, count));
    return samples;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (samples instanceof Uint16Array) {
    for (let i = 0; i < count; i += 1) samples[i] = view.getUint16(i * 2, littleEndian);
  } else {
    for (let i = 0; i < count; i += 1) samples[i] = view.getUint32(i * 4, littleEndian);
  }
  return samples;
}
