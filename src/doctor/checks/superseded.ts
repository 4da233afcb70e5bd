import type { Check } from '../check.js';
import { ok, warn } from '../finding.js';
import { settingName } from '../setting-name.js';
import { withRedis } from './need.js';

/** How many studies have results in the archive that are not their present ones. */
export const supersededResults: Check = {
  id: 'archive.superseded',
  title: 'The archive holds no results that are superseded',
  run: (context) =>
    withRedis(context, async () => {
      const { deleteSuperseded, orthancUrl } = context.settings.archive;
      if (deleteSuperseded && orthancUrl === '') {
        return warn(
          'archive.deleteSuperseded is set, but only an Orthanc lets results be deleted, and archive.orthancUrl is empty',
          "Set archive.orthancUrl to Orthanc's REST root, or take the setting out.",
          settingName('archive.deleteSuperseded'),
        );
      }
      const studies = await context.store.ledger.countSuperseded();
      if (studies === 0) return ok('None, as far as the last run of each study saw');
      return warn(
        `Superseded results of ours lie in ${studies === 1 ? 'one study' : `${studies} studies`}, as their last runs saw`,
        'Viewers show them beside the present ones. `superseded=true` of GET /admin/v1/studies lists the studies; the page ' +
          'of each names the objects and says why' +
          (deleteSuperseded
            ? ', its timeline (superseded-deleted) why they were not deleted. Studies that have not run since the setting was ' +
              'made are to be run again.'
            : '. Delete them in the archive, or set archive.deleteSuperseded. Then run these studies again.'),
        settingName('archive.deleteSuperseded'),
      );
    }),
};
