import type { Check } from '../check.js';
import { ok, warn } from '../finding.js';
import { withRedis } from './need.js';

/** Whether studies came that no list shows, because they have no UID to be found by. */
export const refusedStudies: Check = {
  id: 'intake.refused',
  title: 'Every study that came has a valid StudyInstanceUID',
  run: (context) =>
    withRedis(context, async () => {
      const count = await context.store.refusedStudies.count();
      if (count === 0) return ok('No study was refused within thirty days');
      return warn(
        `${count} studies of the last thirty days have a StudyInstanceUID that is no DICOM UID: they are not processed`,
        'GET /admin/v1/refused-studies names them. Correct the UID at the device that made them, then send them again.',
      );
    }),
};
