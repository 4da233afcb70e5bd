import type { Check } from '../check.js';
import { ok, warn } from '../finding.js';
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
