import express, { type Router } from 'express';
import { z } from 'zod';
import { AppError, OUTCOMES, parseUid, type Uid } from '../core/index.js';
import type { Ledger } from '../ledger/index.js';
import type { StudyQueue } from '../queue/index.js';

const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).default(0),
  outcome: z.enum(OUTCOMES).optional(),
});

/**
 * - `GET /studies?limit&offset&outcome`: newest first
 * - `GET /studies/{uid}`: record and timeline
 * - `POST /studies/{uid}/reprocess`: runs the study again although nothing changed; 202
 * @param exists tells whether the archive holds a study that the ledger does not know
 */
export function studiesRouter(parts: {
  ledger: Ledger;
  queue: StudyQueue;
  exists: (study: Uid) => Promise<boolean>;
}): Router {
  const { ledger, queue, exists } = parts;
  const router = express.Router();

  router.get('/studies', async (req, res) => {
    const query = listQuery.safeParse(req.query);
    if (!query.success) throw new AppError('INVALID_REQUEST', z.prettifyError(query.error));
    const { total, studies } = await ledger.list(query.data);
    res.json({ total, limit: query.data.limit, offset: query.data.offset, studies });
  });

  router.get('/studies/:uid', async (req, res) => {
    const uid = parseUid(req.params.uid, 'The study in the path');
    const record = await ledger.record(uid);
    if (!record) throw new AppError('NOT_FOUND', 'No signal of this study has arrived yet');
    res.json({ ...record, events: await ledger.events(uid) });
  });

  router.post('/studies/:uid/reprocess', async (req, res) => {
    const uid = parseUid(req.params.uid, 'The study in the path');
    if (!(await ledger.record(uid)) && !(await exists(uid))) {
      throw new AppError('NOT_FOUND', 'Neither the ledger nor the archive knows this study');
    }
    // The request is kept before the job exists: a crash in between leaves a request, not a forgotten wish.
    await ledger.requestForce(uid);
    await ledger.update(uid, { state: 'queued', arrivedAt: new Date().toISOString() });
    const correlationId = await queue.enqueue(uid);
    await ledger.addEvent(uid, 'reprocess', { correlationId });
    res.status(202).json({ studyInstanceUid: uid, correlationId });
  });

  return router;
}
