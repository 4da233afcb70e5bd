import express, { type Request, type Router } from 'express';
import type { Settings } from '../../config/index.js';
import { AppError, type Caller } from '../../core/index.js';
import type { Archive } from '../../archive/index.js';
import { type AuditEvent } from '../../audit/index.js';
import { auditRead, auditStore } from './audit-requests.js';
import { SAFE_HEADERS } from './headers.js';
import { openPlaces } from './places.js';
import { knownQuery } from './query.js';
import { passSearch } from './pass-search.js';
import { passRead } from './read.js';
import { type Resource, resourceAt } from './resource.js';
import { openVisibleStudies } from './visible-studies.js';
import { passStore } from './store/pass-store.js';

const BUSY_RETRY_SECONDS = 5;
const MAX_WAITING_READS = 1000;
const READ_WAIT_MS = 10_000;

/**
 * DICOMweb pass-through: an allow-list of QIDO-RS, WADO-RS and STOW-RS (PS3.18). What is not on it does not reach the
 * archive: neither Orthanc's own services below the same root nor a way to change or delete anything but by storing.
 * No study is ever held in memory.
 * @param parts.onStored called with what a STOW answer names as studies; not all of it need be UIDs
 */
export function dicomwebRouter(parts: {
  archive: Pick<Archive, 'http' | 'orthanc'>;
  settings: Pick<Settings, 'archive' | 'dicomweb'>;
  onStored: (studies: Set<string>) => void;
  /** Is told who searched, read and stored what. */
  note: (event: AuditEvent) => void;
}): Router {
  const { onStored, note } = parts;
  const { http } = parts.archive;
  const visibleTo = openVisibleStudies(parts.archive.orthanc);
  const root = parts.settings.archive.dicomwebUrl;
  const { maxReads, maxStores, idleSeconds, minBytesPerSecond, maxUploadMegabytes, maxNesting } =
    parts.settings.dicomweb;
  const idleMs = idleSeconds * 1000;
  const maxBytes = maxUploadMegabytes === 0 ? Infinity : maxUploadMegabytes * 1024 * 1024;
  const limits = { idleMs, minBytesPerSecond, maxBytes };
  const reads = openPlaces(
    { places: maxReads, waiting: MAX_WAITING_READS, waitMs: READ_WAIT_MS },
    'requests that read',
  );
  const stores = openPlaces({ places: maxStores, waiting: 0, waitMs: 0 }, 'uploads');
  const router = express.Router();
  router.use(async (req, res, next) => {
    res.set(SAFE_HEADERS);
    try {
      const { resource, query } = targetOf(req);
      if (!resource.methods.includes(req.method)) {
        res.setHeader('allow', resource.methods.join(', '));
        throw new AppError('METHOD_NOT_ALLOWED', `${req.method} is not offered here`);
      }
      const isStore = req.method === 'POST';
      const told = isStore ? auditStore(req, res, note) : undefined;
      if (!isStore) auditRead(resource, req, res, note);
      const { restriction } = (res.locals.caller ?? {}) as Partial<Caller>;
      const visible = restriction && (await visibleTo(restriction));
      if (visible && resource.study !== undefined && !visible.has(resource.study)) {
        throw new AppError('NOT_FOUND', 'There is no such study among those that the caller may see');
      }
      const url = `${root}${resource.path}${isStore ? '' : knownQuery(resource.kind, query)}`;
      if (isStore)
        await passStore(req, res, {
          http,
          places: stores,
          url,
          limits,
          maxNesting,
          onStored,
          onStudy: told!.begun,
        });
      else if (visible && resource.kind === 'search')
        await passSearch(req, res, { http, places: reads, url, visible });
      else await passRead(req, res, { http, places: reads, url, idleMs });
    } catch (error) {
      if (res.headersSent) return void res.destroy();
      if (error instanceof AppError && error.code === 'GATEWAY_BUSY') {
        res.setHeader('retry-after', BUSY_RETRY_SECONDS);
      }
      next(error);
    }
  });
  return router;
}

/** @throws AppError `NOT_FOUND` for what is not on the list */
function targetOf(req: Request): { resource: Resource; query: string } {
  const at = req.url.indexOf('?');
  const path = at === -1 ? req.url : req.url.slice(0, at);
  const resource = resourceAt(path);
  if (!resource) throw new AppError('NOT_FOUND', 'No DICOMweb resource that is offered has this path');
  return { resource, query: at === -1 ? '' : req.url.slice(at + 1) };
}
