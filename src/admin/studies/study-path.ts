import { z } from 'zod';

/** `{uid}` in a path. Checked by `parseUid` in the handler, so that a wrong one gets the code `INVALID_UID`. */
export const studyPath = z.strictObject({
  uid: z.string().meta({
    description: 'StudyInstanceUID',
    pattern: '^[0-9]+(\\.[0-9]+)*$',
    maxLength: 64,
    examples: ['1.2.826.0.1.3680043.8.498.1'],
  }),
});
