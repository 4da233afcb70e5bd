/**
 * Expands segmented palette data (PS3.3 C.7.9.2): discrete, linear and indirect segments.
 * @param words the elements, 8 or 16 bits each
 * @param wordBytes size of an element: offsets of indirect segments count bytes
 * @returns undefined when the data are damaged or do not give exactly the entries wanted
 */
export function expandSegments(
  words: Uint16Array,
  entries: number,
  wordBytes: 1 | 2,
): Uint16Array | undefined {
  const out: number[] = [];
  let at = 0;
  while (out.length < entries) {
    const next = expandOne(words, at, out, wordBytes, entries, true);
    if (next === undefined) return undefined;
    at = next;
  }
  return out.length === entries ? Uint16Array.from(out) : undefined;
}

/** Expands the segment at a position and returns the position of the next. */
function expandOne(
  words: Uint16Array,
  at: number,
  out: number[],
  wordBytes: 1 | 2,
  entries: number,
  mayBeIndirect: boolean,
): number | undefined {
  const opcode = words[at];
  const length = words[at + 1];
  if (opcode === undefined || length === undefined || length === 0) return undefined;
  if (opcode === 0) {
    if (at + 2 + length > words.length || out.length + length > entries) return undefined;
    for (const word of words.subarray(at + 2, at + 2 + length)) out.push(word);
    return at + 2 + length;
  }
  if (opcode === 1) {
    const start = out.at(-1);
    const end = words[at + 2];
    if (start === undefined || end === undefined || out.length + length > entries) return undefined;
    for (let i = 1; i <= length; i += 1) out.push(Math.round(start + ((end - start) * i) / length));
    return at + 3;
  }
  if (opcode !== 2 || !mayBeIndirect) return undefined;
  return expandIndirect(words, at, out, wordBytes, entries);
}

function expandIndirect(
  words: Uint16Array,
  at: number,
  out: number[],
  wordBytes: 1 | 2,
  entries: number,
): number | undefined {
  // The offset fills as many elements as 32 bits need, least significant first.
  const parts = 4 / wordBytes;
  if (at + 2 + parts > words.length) return undefined;
  let offset = 0;
  for (let i = parts - 1; i >= 0; i -= 1) offset = offset * 256 ** wordBytes + words[at + 2 + i]!;
  let from: number | undefined = offset / wordBytes;
  if (!Number.isInteger(from)) return undefined;
  for (let i = 0; i < words[at + 1]!; i += 1) {
    from = expandOne(words, from, out, wordBytes, entries, false);
    if (from === undefined) return undefined;
  }
  return at + 2 + parts;
}
