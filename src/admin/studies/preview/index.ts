/** Pictures of results: the archive's rendering with the outline of the stored mask. */
export { previewStudy } from './preview-study.js';
