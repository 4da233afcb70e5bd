import { randomInt } from 'node:crypto';
import { deriveUid, type Uid } from './uid.js';

/** What the study of every self-test begins with: so statistics and webhooks can leave it out. */
const ROOT = `${deriveUid('doctor', 'self test')}.`;

/** A UID for the study of one self-test of the doctor; each has its own. */
export const newSelfTestStudy = (): Uid => `${ROOT}${randomInt(1, 2 ** 47)}` as Uid;

/** Whether a study is the doctor's own and nobody's. */
export const isSelfTestStudy = (study: string): boolean => study.startsWith(ROOT);
