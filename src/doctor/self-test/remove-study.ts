import type { Redis } from 'ioredis';
import type { Settings } from '../../config/index.js';
import type { Uid } from '../../core/index.js';
import type { Archive } from '../../archive/index.js';
import type { Ledger, StudyQueue } from '../../store/index.js';
import { deleteObjects } from '../probes/delete-objects.js';
import { pause } from './pause.js';

/** Where a study leaves traces. */
export interface Places {
  readonly settings: Settings;
  readonly redis: Redis;
  readonly archive: Archive;
  readonly ledger: Ledger;
  readonly queue: StudyQueue;
}

/** A worker that is at it is waited for. */
const RUN_PATIENCE_MS = 120_000;
const GIVE_UP_MS = 60_000;

/**
 * Removes a study of ours from archive, quiet period, queue and ledger. A signal that was under way when the archive
 * lost the study brings it back into the ledger: so it is looked again until the change feed has been read.
 * @returns false when the archive did not delete it; the ledger then keeps it too
 */
export async function removeStudy(places: Places, study: Uid): Promise<boolean> {
  const { settings, redis, ledger } = places;
  await settle(places, study);
  if (!(await deleteObjects(places, { study }))) return false;
  await redis.hdel(`${settings.redis.prefix}:intake:seen`, study);
  const began = Date.now();
  const quietFor = settings.intake.changesIntervalSeconds * 1000 + 1000;
  let lastSeen = began;
  while (Date.now() - lastSeen < quietFor && Date.now() - began < GIVE_UP_MS) {
    if (await ledger.record(study)) {
      lastSeen = Date.now();
      await settle(places, study);
      await ledger.remove(study);
    }
    await pause(250);
  }
  return true;
}

/** Takes the study out of what would run it, and waits for a run under way. */
async function settle({ redis, settings, queue, ledger }: Places, study: Uid): Promise<void> {
  const deadline = Date.now() + RUN_PATIENCE_MS;
  for (;;) {
    const intake = `${settings.redis.prefix}:intake`;
    await redis.multi().zrem(`${intake}:quiet`, study).hdel(`${intake}:rounds`, study).exec();
    await queue.remove(study);
    if ((await ledger.record(study))?.state !== 'running' || Date.now() > deadline) return;
    await pause(250);
  }
}
