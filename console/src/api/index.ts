/** The administrator's REST as the console calls it. `schema.ts` is generated from docs/openapi.json. */
export { api, type PreviewQuery, type StudyQuery } from './calls.js';
export { asProblem, BASE, type Problem, whenUnauthorised } from './client.js';
export type * from './schema.js';
