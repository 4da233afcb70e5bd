/** Synthetic DICOM studies. */
export { drawPhantom, isPhantomChannel } from './draw-phantom.js';
export { drawInThread } from './draw-in-thread.js';
export { phantomInstance, type PhantomInstance } from './phantom-instance.js';
export { phantomStudies } from './phantom-studies.js';
export { type Random, randomFrom } from './random.js';
