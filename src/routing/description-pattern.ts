import { LRUCache } from 'lru-cache';
import { RE2JS, RE2JSException } from 're2js';

/**
 * Patterns of routing rules, run by RE2: its time is linear in text and pattern, where the matcher of Node can take for
 * ever on a short text. Look-around and back references, which cannot be matched so, are no part of its syntax.
 */

/** Instructions that one pattern may be compiled to. A usual one has 10 to 50; repetition with a count multiplies. */
const MAX_PATTERN_SIZE = 500;

// As many as a rule set may hold of usual size; a pattern of an older rule set gives way.
const compiled = new LRUCache<string, RE2JS>({ max: 2000 });

/**
 * A pattern ready to run, without regard to case.
 * @param pattern in the syntax of RE2, which is that of JavaScript but for look-around and back references
 * @throws RE2JSException when it is not of that syntax
 */
export function compilePattern(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  const made = RE2JS.compile(RE2JS.translateRegExp(pattern), RE2JS.CASE_INSENSITIVE);
  compiled.set(pattern, made);
  return made;
}

/** Instructions a pattern is compiled to, the measure of what it costs on a text; 0 for one of wrong syntax. */
export function patternSize(pattern: string): number {
  return problemOfPattern(pattern) === undefined ? compilePattern(pattern).programSize() : 0;
}

/** Why a pattern is not accepted, in words for whoever wrote it; undefined when it is. */
export function problemOfPattern(pattern: string): string | undefined {
  try {
    const size = compilePattern(pattern).programSize();
    if (size <= MAX_PATTERN_SIZE) return undefined;
    return `repeats too much: compiled it has ${size} steps, and ${MAX_PATTERN_SIZE} are allowed`;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return 'not a regular expression as RE2 reads it: look-around and back references are not supported';
  }
}
