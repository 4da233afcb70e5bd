/** What we know of every study and its outcome. */
export { openLedger, type Ledger } from './ledger.js';
export type { StudyEvent, StudyRecord } from './study-record.js';
