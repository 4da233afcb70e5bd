/** OHIF, served from the gateway's own origin. */
export { viewerRouter, type ViewerOptions } from './viewer-router.js';
