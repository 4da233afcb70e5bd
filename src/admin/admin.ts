import express, { type Router } from 'express';
import { apiKeysEndpoints } from './api-keys/index.js';
import { auditEndpoints, disclosureEvent, keepChange } from './audit/index.js';
import { backfillsEndpoints } from './backfills/index.js';
import { doctorEndpoints } from './doctor/index.js';
import { driftEndpoints } from './drift/index.js';
import { eventsEndpoints } from './events/index.js';
import { callerOf, requireScope } from '../access/index.js';
import { type Endpoint, mountEndpoints, openApiDocument } from './http/index.js';
import { healthEndpoints } from './health/index.js';
import { sessionEndpoints } from './session/index.js';
import { modelsEndpoints } from './models/index.js';
import { channelsEndpoints } from './channels/index.js';
import { docsRouter } from './pages/index.js';
import type { AdminDependencies } from './dependencies.js';
import { quarantineEndpoints } from './quarantine/index.js';
import { queueEndpoints } from './queue/index.js';
import { routingEndpoints } from './routing/index.js';
import { settingsEndpoints } from './settings/index.js';
import { statsEndpoints } from './stats/index.js';
import { studiesEndpoints } from './studies/index.js';
import { webhookEndpoints } from './webhooks/index.js';
import { workersEndpoints } from './workers/index.js';

/** The OpenAPI document of everything below `/admin/v1`. */
export const adminDocument = (dependencies: AdminDependencies) =>
  openApiDocument(adminEndpoints(dependencies), dependencies.version);

/** Every endpoint below `/admin/v1`, in the order of the documentation. */
function adminEndpoints(dependencies: AdminDependencies): Endpoint[] {
  return [
    ...studiesEndpoints(dependencies),
    ...backfillsEndpoints(dependencies),
    ...quarantineEndpoints(dependencies),
    ...healthEndpoints(dependencies),
    ...statsEndpoints(dependencies),
    ...driftEndpoints(dependencies),
    ...queueEndpoints(dependencies),
    ...workersEndpoints(dependencies),
    ...modelsEndpoints(dependencies),
    ...channelsEndpoints(dependencies),
    ...routingEndpoints(dependencies),
    ...doctorEndpoints(dependencies),
    ...eventsEndpoints(dependencies),
    ...webhookEndpoints(dependencies),
    ...apiKeysEndpoints(dependencies),
    ...settingsEndpoints(dependencies),
    ...auditEndpoints(dependencies),
    ...sessionEndpoints(dependencies),
  ];
}

/** The router for `/admin/v1`. */
export function createAdmin(dependencies: AdminDependencies): Router {
  const endpoints = adminEndpoints(dependencies);
  const { access, store } = dependencies;
  const router = express.Router();
  const document = openApiDocument(endpoints, dependencies.version);
  const viewer = requireScope(access, 'admin:read');
  router.get('/openapi.json', viewer, (_req, res) => {
    res.json(document);
  });
  router.use('/docs', viewer);
  router.use(docsRouter());
  router.use(
    mountEndpoints(endpoints, {
      identify: (req) => callerOf(access, req),
      audit: (entry) => keepChange(dependencies, entry),
      disclosed(entry, endpoint, target) {
        dependencies.audit?.note(disclosureEvent(entry, endpoint, target));
      },
      once: store.once,
    }),
  );
  return router;
}
