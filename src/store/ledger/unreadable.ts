import type { Logger } from 'pino';
import { type ErrorCode, pseudonym } from '../../core/index.js';

/** Hears of what a ledger leaves out because it cannot be read: a study's record, or the end of a run. */
export type UnreadableListener = (kind: 'study' | 'run', id: string) => void;

/** So many are remembered as told; beyond them the log may repeat itself. */
const REMEMBERED = 10_000;

/** Writes a warning for each of them, once for all ledgers that share the listener. */
export function warnOfUnreadable(log: Pick<Logger, 'warn'>): UnreadableListener {
  const code: ErrorCode = 'LEDGER_UNREADABLE';
  const told = new Set<string>();
  return (kind, id) => {
    const key = `${kind} ${id}`;
    if (told.has(key)) return;
    if (told.size >= REMEMBERED) told.clear();
    told.add(key);
    const of = kind === 'study' ? { study: pseudonym(id) } : { correlationId: id };
    log.warn({ ...of, code }, 'left out: what the ledger keeps of it cannot be read');
  };
}
