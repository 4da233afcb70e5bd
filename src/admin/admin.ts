import express, { type Router } from 'express';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Settings } from '../config/index.js';
import type { Archive } from '../dicomweb/archive/index.js';
import type { Ledger } from '../ledger/index.js';
import type { StudyQueue } from '../queue/index.js';
import { mountEndpoints, openApiDocument, type Endpoint } from './http/index.js';
import { identifyByToken } from './http/identify.js';

/** What the administrator's REST stands on; the caller owns the connections and closes them. */
export interface AdminParts {
  readonly settings: Settings;
  /** Fails at once when Redis is away. */
  readonly redis: Redis;
  readonly ledger: Ledger;
  readonly queue: StudyQueue;
  readonly archive: Archive;
  readonly log: Logger;
  /** Of this software. */
  readonly version: string;
}

/** Every endpoint below `/admin/v1`, in the order of the documentation. */
export function adminEndpoints(parts: AdminParts): Endpoint[] {
  void parts;
  return [];
}

/** The router for `/admin/v1`. */
export function createAdmin(parts: AdminParts): Router {
  const endpoints = adminEndpoints(parts);
  const identify = identifyByToken(parts.settings.admin);
  const router = express.Router();
  const document = openApiDocument(endpoints, parts.version);
  router.get('/openapi.json', (_req, res) => {
    res.json(document);
  });
  router.use(
    mountEndpoints(endpoints, {
      identify: async (request) => identify(request),
      audit: async () => undefined,
      once: async (_scope, _key, _request, run) => run(),
    }),
  );
  return router;
}
