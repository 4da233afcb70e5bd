/** The checks and the self-test. */
export type { DoctorDependencies } from './context.js';
export {
  type DoctorReport,
  type Finding,
  findingSchema,
  type FindingStatus,
  reportSchema,
} from './finding.js';
export { THIS_MACHINE } from './machine.js';
export { reportOf, runDoctor } from './run-doctor.js';
export { startSelfTest } from './self-test/run-self-test.js';
