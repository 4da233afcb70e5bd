/** Encapsulated Pixel Data (PS3.5 §A.4): an empty offset table, then one fragment a frame. */
export function encapsulate(frames: readonly Uint8Array[]): Buffer {
  const header = Buffer.from([0xe0, 0x7f, 0x10, 0, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  const items = frames.map((frame) => item(frame));
  return Buffer.concat([header, item(new Uint8Array()), ...items, SEQUENCE_END]);
}

const SEQUENCE_END = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);

function item(value: Uint8Array): Buffer {
  const padding = Buffer.alloc(value.length % 2);
  const header = Buffer.from([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0]);
  header.writeUInt32LE(value.length + padding.length, 4);
  return Buffer.concat([header, value, padding]);
}
