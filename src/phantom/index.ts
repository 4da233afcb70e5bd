/** Synthetic DICOM for the demo and the tests: drawn pictures with their true masks. Imports `core` only. */
export { drawInThread } from './draw-in-thread.js';
export { drawPhantom, type DrawRequest } from './draw-phantom.js';
export { KINDS, type Kind, type PhantomKind } from './kinds.js';
export { PIXEL_FORMS, type PixelForm } from './pixel-forms.js';
export { PIXEL_VARIANTS, type PixelVariant } from './pixel-variants.js';
export { phantomSlide } from './phantom-slide.js';
export type { Attributes } from './part10/attributes.js';
export { CHARACTER_SETS, type CharacterSet } from './part10/encode-text.js';
export {
  phantomInstance,
  phantomSeries,
  type PhantomInstance,
  type PhantomOptions,
} from './phantom-instance.js';
export { phantomStudies } from './phantom-studies.js';
