import type { Check } from '../check.js';
import { ok, warn } from '../finding.js';
import { settingName } from '../setting-name.js';
import { withRedis } from './need.js';

/** So many studies are looked at, those that changed last: the doctor shall not read years. */
const LOOKED_AT = 2000;

/** Whether lists leave studies out because their records are of another version, or damaged. */
export const ledgerRecords: Check = {
  id: 'ledger.records',
  title: 'What is kept of studies can be read',
  run: (context) =>
    withRedis(context, async () => {
      const { looked, studies } = await context.store.ledger.unreadable(LOOKED_AT);
      if (studies.length === 0) return ok(`${looked} studies looked at, those that changed last`);
      return warn(
        `${studies.length} of the ${looked} studies that changed last cannot be read; lists leave them out`,
        'A newer version wrote them, or half of a Redis was restored. Run one version everywhere. Then run these ' +
          'studies again: `unreadable` of GET /admin/v1/studies names them, POST /admin/v1/backfills takes them.',
      );
    }),
};

/** Above this number a search by score or the making of the index takes noticeable time; see decision 021. */
const MANY_STUDIES = 1_000_000;

/** How much the ledger holds: it grows with every study unless a retention is set. */
export const ledgerSize: Check = {
  id: 'ledger.size',
  title: 'The ledger has a size that Redis can hold',
  run: (context) =>
    withRedis(context, async () => {
      const { studies, bytes } = await context.store.ledger.size();
      const memory = bytes === undefined ? '' : `, about ${(bytes / 1024 / 1024).toFixed(1)} MB`;
      const { retentionDays, maxStudies } = context.settings.ledger;
      const kept = [
        ...(retentionDays > 0 ? [`${retentionDays} days`] : []),
        ...(maxStudies > 0 ? [`${maxStudies} studies`] : []),
      ];
      const found = `${studies} studies${memory}; kept: ${kept.length > 0 ? kept.join(', ') : 'all'}`;
      if (studies <= MANY_STUDIES) return ok(found);
      return warn(
        found,
        'Let old studies be forgotten; results in the archive stay, and so does what was counted.',
        `${settingName('ledger.retentionDays')} or ${settingName('ledger.maxStudies')}`,
      );
    }),
};
