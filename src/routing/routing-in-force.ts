import type { Logger } from 'pino';
import type { ModalitiesConfig } from './modalities.js';
import type { RoutingVersions } from './routing-versions.js';
import { toAppError } from '../core/index.js';

/** The codes of the file with the newest routing rules. */
export interface RoutingInForce {
  /** Asked before each study. */
  current(): Promise<{ readonly version: number; readonly modalities: ModalitiesConfig }>;
}

/** Rules that this version of the software does not take are told once; the last good ones stay in force. */
export function openRoutingInForce(
  versions: RoutingVersions,
  file: ModalitiesConfig,
  log: Logger,
): RoutingInForce {
  let inForce = { version: 0, modalities: file };
  let refused: number | undefined;
  return {
    async current() {
      const newest = await versions.newest();
      if (newest === inForce.version || newest === refused) return inForce;
      const read = await versions.read(newest).catch((thrown: unknown) => {
        const error = toAppError(thrown);
        if (error.code !== 'CONFIG_INVALID') throw thrown;
        refused = newest;
        log.error(
          { version: newest, detail: error.message },
          'routing rules not taken: the former ones stay',
        );
        return undefined;
      });
      if (!read) return inForce;
      inForce = { version: newest, modalities: { ...file, routing: read.rules } };
      log.info({ version: newest }, 'routing rules in force');
      return inForce;
    },
  };
}
