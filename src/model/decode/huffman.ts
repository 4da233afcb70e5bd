import { AppError } from '../../core/index.js';
import type { BitReader } from './bit-reader.js';

/** A Huffman table as 65,536 entries `length << 8 | symbol`, found by the next 16 bits; 0 where no code fits. */
export type HuffmanTable = Uint16Array;

/** Reads all tables of a DHT segment (T.81 B.2.4.2) into `tables`, by destination 0–3. */
export function readHuffmanTables(data: Uint8Array, tables: Map<number, HuffmanTable>): void {
  let at = 0;
  while (at < data.length) {
    const lengths = data.subarray(at + 1, at + 17);
    const total = lengths.reduce((sum, n) => sum + n, 0);
    const symbols = data.subarray(at + 17, at + 17 + total);
    if (lengths.length < 16 || symbols.length < total) throw damaged();
    tables.set(data[at]! & 15, build(lengths, symbols));
    at += 17 + total;
  }
}

function build(lengths: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const table = new Uint16Array(65_536);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= 16; length += 1) {
    for (let i = 0; i < lengths[length - 1]!; i += 1) {
      const first = code << (16 - length);
      const end = first + (1 << (16 - length));
      if (end > 65_536) throw damaged();
      table.fill((length << 8) | symbols[next]!, first, end);
      next += 1;
      code += 1;
    }
    code <<= 1;
  }
  return table;
}

/** Decodes one difference (T.81 H.1.2.2), −32767 … 32768. */
export function readDifference(reader: BitReader, table: HuffmanTable): number {
  const entry = table[reader.peek16()]!;
  const category = entry & 0xff;
  if (entry === 0 || category > 16) throw damaged();
  reader.skip(entry >> 8);
  if (category === 16) return 32_768;
  const value = reader.take(category);
  return category > 0 && value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
}

function damaged(): AppError {
  return new AppError('PIXELS_INVALID', 'JPEG stream has a damaged Huffman code');
}
