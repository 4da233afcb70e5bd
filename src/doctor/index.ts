/** Finds what is wrong with a set-up and says which setting to change; sends a study through the whole chain. */
export type { DoctorParts } from './context.js';
export type { Machine } from './machine.js';
export {
  findingSchema,
  reportSchema,
  type DoctorReport,
  type Finding,
  type FindingStatus,
} from './finding.js';
export { reportOf, runDoctor } from './run-doctor.js';
export { selfTestSchema, type SelfTest, type SelfTestStep } from './self-test/record.js';
export type { Places } from './self-test/remove-study.js';
export {
  readSelfTest,
  startSelfTest,
  type SelfTestOptions,
  type StartedSelfTest,
} from './self-test/run-self-test.js';
