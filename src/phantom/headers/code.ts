import type { Attributes } from '../part10/attributes.js';

/** An item of a code sequence (PS3.3 §8.8). */
export function code(value: string, scheme: string, meaning: string): Attributes {
  return { CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning };
}
