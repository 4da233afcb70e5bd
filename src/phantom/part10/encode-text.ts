/** Character sets a phantom's header can be written in (PS3.3 C.12.1.1.2). */
export const CHARACTER_SETS = ['ISO_IR 6', 'ISO_IR 100', 'ISO_IR 144', 'ISO_IR 192'] as const;
export type CharacterSet = (typeof CHARACTER_SETS)[number];

/** Encodes text; a character that the set lacks becomes `?`, as careless senders do. */
export function encodeText(text: string, set: CharacterSet): Buffer {
  if (set === 'ISO_IR 192') return Buffer.from(text, 'utf8');
  return Buffer.from([...text].map((character) => byteOf(character.codePointAt(0)!, set) ?? 0x3f));
}

function byteOf(point: number, set: CharacterSet): number | undefined {
  if (point < 0x80) return point;
  if (set === 'ISO_IR 100' && point >= 0xa0 && point <= 0xff) return point;
  // ISO 8859-5 holds the Cyrillic block in its own order.
  if (set === 'ISO_IR 144' && point >= 0x401 && point <= 0x45f) return point - 0x360;
  return undefined;
}
