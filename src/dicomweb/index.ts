/** The Express gateway: DICOMweb pass-through, hooks, health, viewer. */
export { createGateway, type Observation } from './app.js';
