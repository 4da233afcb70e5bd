import { deriveUid } from './uid.js';

/**
 * The study that the doctor's write test stores its object in. It is always the same one, so that intake knows it and
 * leaves it alone, and so that a leftover is recognised.
 */
export const WRITE_TEST_STUDY = deriveUid('doctor', 'write test');
