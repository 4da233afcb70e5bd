import express from 'express';
import request from 'supertest';
import { beforeEach, expect, it } from 'vitest';
import { hooksRouter } from '../../../src/dicomweb/routes/hooks.js';
import type { QuietPeriod } from '../../../src/intake/index.js';
import type { AppError, Uid } from '../../../src/core/index.js';

let kept: Set<Uid>;
let archive: (study: Uid) => Promise<boolean>;
beforeEach(() => {
  kept = new Set();
});

/** The hook on a quiet period that is a set, and on an archive that a test makes up: one that is away, or comes back. */
function app() {
  const quiet = { signal: async (study: Uid) => void kept.add(study) } as unknown as QuietPeriod;
  const router = hooksRouter({
    quiet,
    isKnown: async (study) => study === '1.2.9',
    inArchive: (study) => archive(study),
  });
  const renderCode: express.ErrorRequestHandler = (error: AppError, _req, res, next) => {
    if (res.headersSent) return next(error);
    res.status(error.httpStatus).json({ code: error.code });
  };
  return express().use(router).use(renderCode);
}

it(
  'keeps a bounded number of signals on trust while the archive does not answer (13.8)',
  { timeout: 60_000 },
  async () => {
    archive = () => Promise.reject(new Error('away'));
    const server = app().listen(0, '127.0.0.1');
    const tell = (studyInstanceUid: string) =>
      request(server).post('/stable-study').send({ studyInstanceUid });
    try {
      for (let tens = 0; tens < 100; tens += 1) {
        await Promise.all(
          Array.from({ length: 10 }, (_, unit) => tell(`1.2.3.${10 * tens + unit}`).expect(202)),
        );
      }
      expect((await tell('1.2.4')).body).toEqual({ code: 'GATEWAY_BUSY' });
      // One that is kept already, or known for long, costs nothing more.
      await tell('1.2.3.7').expect(202);
      await tell('1.2.9').expect(202);
      expect(kept.size).toBe(1001);
      archive = async (study) => study === '1.2.5';
      await tell('1.2.5').expect(202);
      await tell('1.2.6').expect(404);
      expect(kept.has('1.2.6' as Uid)).toBe(false);
    } finally {
      server.close();
    }
  },
);
