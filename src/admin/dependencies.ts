import type { Logger } from 'pino';
import type { Access } from '../access/index.js';
import type { Audit } from '../audit/index.js';
import type { SettingNotes, Settings } from '../config/index.js';
import type { Archive } from '../archive/index.js';
import type { Store } from '../store/index.js';
import type { Metrics } from '../telemetry/index.js';

/** What the administrator's REST stands on; the caller owns the connections and closes them. */
export interface AdminDependencies {
  readonly settings: Settings;
  /** Fails at once when Redis is away. */
  readonly store: Store;
  readonly access: Access;
  readonly archive: Archive;
  readonly log: Logger;
  readonly audit?: Pick<Audit, 'note'>;
  /** Of this software. */
  readonly version: string;
  /** Where the settings come from; without them GET /settings tells values only. */
  readonly settingNotes?: SettingNotes;
  /** Where open event streams are counted. */
  readonly metrics?: Pick<Metrics, 'eventClients'>;
}
