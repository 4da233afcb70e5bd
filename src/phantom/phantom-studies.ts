import { phantomInstance, type PhantomInstance } from './phantom-instance.js';
import type { PhantomKind } from './kinds.js';

/** The kinds of the demo, in decoder order. */
const DEFAULT_KINDS: readonly PhantomKind[] = [
  'dermoscopy',
  'xray',
  'ultrasound-cine',
  'fundus',
  'microscopy',
  'colonoscopy',
];

/** Six studies of one instance each, one a channel; ultrasound is multi-frame. */
export function phantomStudies(options: { salt?: string; seed?: number } = {}): readonly PhantomInstance[] {
  // An even seed draws the pale, stained section: the more familiar picture of nuclei.
  return DEFAULT_KINDS.map((kind) => phantomInstance({ seed: 2, ...options, kind }));
}
