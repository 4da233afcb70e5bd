/** What people open in a browser beside the REST: the console, the documentation of the REST, Bull Board. */
export { consoleRouter } from './console-router.js';
export { docsRouter } from './docs-router.js';
export { queueBoard } from './queue-board.js';
