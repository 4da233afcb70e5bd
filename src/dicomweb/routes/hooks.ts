import express, { type Router } from 'express';
import { z } from 'zod';
import { AppError, isUid, type Uid, within } from '../../core/index.js';
import type { QuietPeriod } from '../../intake/index.js';
import { openPlaces } from '../passthrough/places.js';

/** Longest text that is kept of a UID that is none. */
const MAX_UID_TEXT = 128;
const named = z.object({ studyInstanceUid: z.string().min(1).max(MAX_UID_TEXT) });
const body = z.object({ studyInstanceUid: z.custom<Uid>(isUid, { error: 'not a DICOM UID' }) });

/** The archive may be waiting for the hook's answer itself: it is asked for no longer than this. */
const ASK_TIMEOUT_MS = 2000;
/** Signals of studies that nobody has heard of, while the archive does not answer. The change feed and the reconcile pass find the others. */
const MAX_UNCONFIRMED = 1000;

/** What the hook stands on. */
export interface HookDependencies {
  readonly quiet: QuietPeriod;
  /** Whether the ledger has a record of the study. */
  readonly isKnown: (study: Uid) => Promise<boolean>;
  /** Whether the archive has the study. */
  readonly inArchive: (study: Uid) => Promise<boolean>;
}

/**
 * `POST /hooks/stable-study` with `{"studyInstanceUid": "…"}`: answered 202 once the signal is kept. A study that is not
 * known here must be in the archive, so that a caller cannot fill the ledger with studies that do not exist.
 */
export function hooksRouter({ quiet, isKnown, inArchive }: HookDependencies): Router {
  const asking = openPlaces(
    { places: 8, waiting: 200, waitMs: ASK_TIMEOUT_MS },
    'signals of unknown studies',
  );
  /** Kept without an answer of the archive; from its next answer on the count begins anew. */
  const unconfirmed = new Set<Uid>();

  /** @throws AppError `NOT_FOUND`; `GATEWAY_BUSY` when too many are asked for or were kept on trust */
  async function mustExist(study: Uid): Promise<void> {
    const release = await asking.take();
    try {
      const found = await within(ASK_TIMEOUT_MS, inArchive(study)).catch(() => undefined);
      if (found === false)
        throw new AppError('NOT_FOUND', 'The archive has no study with this StudyInstanceUID');
      if (found === true) return unconfirmed.clear();
      if (unconfirmed.size >= MAX_UNCONFIRMED && !unconfirmed.has(study)) {
        throw new AppError(
          'GATEWAY_BUSY',
          `The archive does not answer, and ${MAX_UNCONFIRMED} signals of unknown studies wait for it`,
        );
      }
      unconfirmed.add(study);
    } finally {
      release();
    }
  }

  const router = express.Router();
  router.post('/stable-study', express.json({ limit: '16kb', type: () => true }), async (req, res) => {
    const parsed = body.safeParse(req.body);
    const text = named.safeParse(req.body);
    // The answer may be read by nobody: the refusal is noted where people look.
    if (!parsed.success && text.success) await quiet.refuse(text.data.studyInstanceUid, 'hook');
    if (!parsed.success) throw new AppError('INVALID_REQUEST', z.prettifyError(parsed.error));
    const study = parsed.data.studyInstanceUid;
    if (!(await isKnown(study))) await mustExist(study);
    await quiet.signal(study, 'hook');
    res.status(202).json({ accepted: true });
  });
  return router;
}
