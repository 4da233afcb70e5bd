import type { Request, Response } from 'express';
import { actorOf, type AuditEvent, loggableQuery } from '../../audit/index.js';
import type { Caller } from '../../core/index.js';
import type { Resource } from './resource.js';

type Note = (event: AuditEvent) => void;

/** Cut off: the answer had begun as a success, and did not get whole to the caller. */
const CUT_OFF = 499;

/**
 * Tells of a search or a retrieval when its answer has ended. Whole objects are transferred (PS3.15 §A.5.3.3 and
 * §A.5.3.7); frames, renderings, bulk data and metadata are accessed (§A.5.3.6).
 */
export function auditRead(resource: Resource, req: Request, res: Response, note: Note): void {
  const { kind, study } = resource;
  const common = () => ofRequest(req, res);
  listenOnceMore(res);
  if (kind === 'instances' && study !== undefined) {
    note({
      type: 'Begin Transferring DICOM Instances',
      direction: 'retrieve',
      study,
      ...common(),
      operation: 'retrieveInstances',
      status: 200,
    });
  }
  res.once('close', () => {
    if (kind === 'search') {
      note({
        type: 'Query',
        query: loggableQuery(req.originalUrl),
        ...common(),
        operation: 'searchDicomweb',
      });
    } else if (study === undefined) return;
    else if (kind === 'instances') {
      note({
        type: 'DICOM Instances Transferred',
        direction: 'retrieve',
        study,
        ...common(),
        operation: 'retrieveInstances',
      });
    } else {
      note({
        type: 'DICOM Instances Accessed',
        action: 'R',
        study,
        ...common(),
        operation: `retrieve-${kind}`,
      });
    }
  });
}

/** Tells of an upload: that it has begun, of each study in it, and how it ended. */
export function auditStore(req: Request, res: Response, note: Note): { begun: (study: string) => void } {
  const studies = new Set<string>();
  const common = () => ({ ...ofRequest(req, res), operation: 'storeInstances' });
  listenOnceMore(res);
  res.once('close', () => {
    for (const study of studies)
      note({ type: 'DICOM Instances Transferred', direction: 'store', study, ...common() });
  });
  return {
    begun(study) {
      if (studies.has(study)) return;
      studies.add(study);
      note({
        type: 'Begin Transferring DICOM Instances',
        direction: 'store',
        study,
        ...common(),
        status: 200,
      });
    },
  };
}

/** As many already listen as Node.js takes for a leak. */
const listenOnceMore = (res: Response) => void res.setMaxListeners(res.getMaxListeners() + 5);

function ofRequest(req: Request, res: Response) {
  return {
    actor: actorOf(res.locals.caller as Caller | undefined, req.ip),
    status: res.writableFinished || res.statusCode >= 400 ? res.statusCode : CUT_OFF,
    requestId: String(res.getHeader('x-request-id') ?? ''),
  };
}
