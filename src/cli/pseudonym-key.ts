import type { Settings } from '../config/index.js';
import { keyPseudonyms } from '../core/index.js';
import type { Store } from '../store/index.js';

/**
 * Sets the key of the pseudonyms in this process's log: that of the settings, else that of the installation. A Redis that is
 * full or read-only must not stop the start: the process then goes on with a key of its own.
 */
export async function usePseudonymKey(settings: Settings, store: Pick<Store, 'pseudonymKey'>): Promise<void> {
  const key = settings.log.pseudonymKey || (await store.pseudonymKey().catch(() => ''));
  if (key !== '') keyPseudonyms(key);
}
