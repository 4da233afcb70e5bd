import type { Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { listChannels } from './channels-endpoint.js';

/** Everything below `/admin/v1/channels`. */
export const channelsEndpoints = (dependencies: AdminDependencies): Endpoint[] => [
  listChannels(dependencies),
];
