/** The REST interface's documentation for people. */
export { docsRouter } from './docs-router.js';
