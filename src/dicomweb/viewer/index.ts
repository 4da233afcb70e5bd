/** OHIF, served from the gateway's own origin. */
export { viewerRouter } from './viewer-router.js';
