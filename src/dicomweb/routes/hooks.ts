import express, { type Router } from 'express';
import { z } from 'zod';
import { AppError, isUid, type Uid } from '../../core/index.js';
import type { QuietPeriod } from '../../intake/index.js';

/** Longest text that is kept of a UID that is none. */
const MAX_UID_TEXT = 128;
const named = z.object({ studyInstanceUid: z.string().min(1).max(MAX_UID_TEXT) });
const body = z.object({ studyInstanceUid: z.custom<Uid>(isUid, { error: 'not a DICOM UID' }) });

/** `POST /hooks/stable-study` with `{"studyInstanceUid": "…"}`: answered 202 once the signal is kept. */
export function hooksRouter(quiet: QuietPeriod): Router {
  const router = express.Router();
  router.post('/stable-study', express.json({ limit: '16kb', type: () => true }), async (req, res) => {
    const parsed = body.safeParse(req.body);
    const text = named.safeParse(req.body);
    // The answer may be read by nobody: the refusal is noted where people look.
    if (!parsed.success && text.success) await quiet.refuse(text.data.studyInstanceUid, 'hook');
    if (!parsed.success) throw new AppError('INVALID_REQUEST', z.prettifyError(parsed.error));
    await quiet.signal(parsed.data.studyInstanceUid, 'hook');
    res.status(202).json({ accepted: true });
  });
  return router;
}
