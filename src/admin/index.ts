/** The administrator's REST interface. */
export { studiesRouter } from './studies-router.js';
