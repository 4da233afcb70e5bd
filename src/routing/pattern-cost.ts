/**
 * How much work a regular expression can make, from its text alone. Node's matcher backtracks: some patterns take longer
 * than the age of the universe on a short text, and one such pattern would hang a worker. So the number of ways in
 * which a pattern can be tried is counted before it is accepted; what cannot be counted is refused.
 */

/** Longest text that a pattern is run over, in characters; see MAX_TEXT of header-facts.ts. */
export const TEXT_LENGTH = 1024;

/**
 * An upper bound of the starts and branches that a backtracking matcher tries on one text of `TEXT_LENGTH` characters.
 * @returns `Infinity` when it grows exponentially
 * @throws SyntaxError for what is not counted: back references, lookaround, named groups, property escapes
 */
export function patternCost(pattern: string): number {
  const reader = { pattern, at: 0 };
  const ways = waysOfChoice(reader);
  if (reader.at < pattern.length) throw new SyntaxError('a ) without its (');
  return TEXT_LENGTH * ways;
}

interface Reader {
  readonly pattern: string;
  at: number;
}

/** `a|b|c`: one after the other is tried. */
function waysOfChoice(reader: Reader): number {
  let ways = waysOfSequence(reader);
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1;
    ways += waysOfSequence(reader);
  }
  return ways;
}

/** `abc`: each way of the first with each way of the next. */
function waysOfSequence(reader: Reader): number {
  let ways = 1;
  for (;;) {
    const next = reader.pattern[reader.at];
    if (next === undefined || next === '|' || next === ')') return ways;
    ways *= repeated(waysOfAtom(reader), repetition(reader));
  }
}

function waysOfAtom(reader: Reader): number {
  const { pattern, at } = reader;
  if (pattern[at] === '(') return waysOfGroup(reader);
  reader.at += pattern[at] === '[' ? classLength(pattern, at) : pattern[at] === '\\' ? escape(reader) : 1;
  return 1;
}

function waysOfGroup(reader: Reader): number {
  const plain = reader.pattern.startsWith('(?:', reader.at);
  if (!plain && reader.pattern[reader.at + 1] === '?') {
    throw new SyntaxError('lookaround, named groups and flags are not allowed');
  }
  reader.at += plain ? 3 : 1;
  const ways = waysOfChoice(reader);
  if (reader.pattern[reader.at] !== ')') throw new SyntaxError('a ( without its )');
  reader.at += 1;
  return ways;
}

function classLength(pattern: string, start: number): number {
  const whole = /^\[(?:\\.|[^\]\\])*\]/s.exec(pattern.slice(start));
  if (!whole) throw new SyntaxError('a [ without its ]');
  return whole[0].length;
}

function escape({ pattern, at }: Reader): number {
  const next = pattern[at + 1] ?? '';
  if (/[1-9kpP]/.test(next)) throw new SyntaxError('back references and \\p are not allowed');
  return 2;
}

/** The quantifier at the reader's place, as least and most times. */
function repetition(reader: Reader): readonly [number, number] {
  const rest = reader.pattern.slice(reader.at);
  const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(rest);
  if (!found) return [1, 1];
  reader.at += found[0].length;
  const [, sign, least, comma, most] = found;
  if (sign === '?') return [0, 1];
  if (sign !== undefined) return [sign === '+' ? 1 : 0, TEXT_LENGTH];
  const from = Number(least);
  const to = comma === '' ? from : most === '' ? TEXT_LENGTH : Number(most);
  return [from, Math.min(to, TEXT_LENGTH)];
}

function repeated(ways: number, [least, most]: readonly [number, number]): number {
  if (ways === 1) return Math.max(most - least + 1, 1);
  let sum = 0;
  for (let times = least; times <= Math.max(least, most); times += 1) {
    sum += ways ** times;
    if (!Number.isFinite(sum)) return Infinity;
  }
  return sum;
}
