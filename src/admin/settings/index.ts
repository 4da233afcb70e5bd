/** The settings in use, without their secrets. */
export { settingsEndpoints } from './settings-endpoints.js';
