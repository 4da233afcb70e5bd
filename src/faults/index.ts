/** Faults on purpose: a lab, what goes wrong in it, what happens to studies meanwhile, and a judge. */
export { runFaults } from './run-faults.js';
export { reportFaults } from './report.js';
