/** What we know of every study and its outcome. */
export { openLedger, type Ledger } from './ledger.js';
export type { StudyFilter, StudyPage } from './list-studies.js';
export { dayOf, RUNS_KEPT_DAYS, type DayUsage, type FinishedRun, type RunLog } from './run-log.js';
export { STUDY_STATES, studyRecordSchema } from './study-record.js';
export type { StudyEvent, StudyRecord, StudyState } from './study-record.js';
export { warnOfUnreadable, type UnreadableListener } from './unreadable.js';
export { summarize, type StudySummary } from './study-summary.js';
