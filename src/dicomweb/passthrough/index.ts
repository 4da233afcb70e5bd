/** DICOMweb passed through to the archive: an allow-list, with limits on how much at a time. */
export { dicomwebRouter } from './dicomweb-router.js';
export { RESOURCE_EXAMPLES } from './resource.js';
