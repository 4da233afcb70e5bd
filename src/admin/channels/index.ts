import type { Endpoint } from '../http/index.js';
import type { AdminParts } from '../parts.js';
import { listChannels } from './channels-endpoint.js';

/** Everything below `/admin/v1/channels`. */
export const channelsEndpoints = (parts: AdminParts): Endpoint[] => [listChannels(parts)];
