/** A small sRGB display profile (ICC.1:2001, matrix and one gamma), as Optical Path and other modules want one. */
export function iccProfile(): Uint8Array {
  const tags = new Map<string, Buffer>([
    ['desc', description('sRGB')],
    ['cprt', Buffer.concat([typed('text'), Buffer.from('none\0', 'latin1')])],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.4361, 0.2225, 0.0139)],
    ['gXYZ', xyz(0.3851, 0.7169, 0.0971)],
    ['bXYZ', xyz(0.1431, 0.0606, 0.7141)],
    ['rTRC', gamma()],
    ['gTRC', gamma()],
    ['bTRC', gamma()],
  ]);
  const table = Buffer.alloc(4 + tags.size * 12);
  table.writeUInt32BE(tags.size, 0);
  let at = HEADER_LENGTH + table.length;
  const bodies = [...tags].map(([name, value], i) => {
    const padded = Buffer.concat([value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
    table.write(name, 4 + i * 12, 'latin1');
    table.writeUInt32BE(at, 8 + i * 12);
    table.writeUInt32BE(value.length, 12 + i * 12);
    at += padded.length;
    return padded;
  });
  return Buffer.concat([header(at), table, ...bodies]);
}

const HEADER_LENGTH = 128;

function header(length: number): Buffer {
  const bytes = Buffer.alloc(HEADER_LENGTH);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt32BE(0x02400000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  bytes.write('acsp', 36, 'latin1');
  xyz(0.9642, 1, 0.8249).copy(bytes, 68, 8);
  return bytes;
}

function typed(name: string): Buffer {
  return Buffer.concat([Buffer.from(name, 'latin1'), Buffer.alloc(4)]);
}

function xyz(...values: readonly number[]): Buffer {
  const numbers = Buffer.alloc(12);
  values.forEach((value, i) => numbers.writeInt32BE(Math.round(value * 65_536), i * 4));
  return Buffer.concat([typed('XYZ '), numbers]);
}

function gamma(): Buffer {
  const curve = Buffer.from([0, 0, 0, 1, 0, 0]);
  curve.writeUInt16BE(Math.round(2.2 * 256), 4);
  return Buffer.concat([typed('curv'), curve]);
}

function description(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length + 1);
  // Behind the text: empty Unicode and Macintosh forms.
  return Buffer.concat([typed('desc'), length, Buffer.from(`${text}\0`, 'latin1'), Buffer.alloc(78)]);
}
