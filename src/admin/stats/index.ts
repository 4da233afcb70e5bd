/** Figures: latency and outcomes of the last hours, work by day. */
import type { Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { showStats } from './stats-endpoint.js';
import { showUsage } from './usage-endpoint.js';

/** `/admin/v1/stats` and `/admin/v1/usage`. */
export const statsEndpoints = (dependencies: AdminDependencies): Endpoint[] => [
  showStats(dependencies),
  showUsage(dependencies),
];
