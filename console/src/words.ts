/** How states and outcomes are shown: a word, a tone, an icon. Never the tone alone. */
import type { Outcome, StudyState } from './api/index.js';
import type { IconName } from './parts/icon.js';

export type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'quiet';

export interface Word {
  readonly text: string;
  readonly tone: Tone;
  readonly icon: IconName;
  /** One sentence for somebody who sees it for the first time. */
  readonly meaning: string;
}

/** Every outcome that the gateway knows: one without a word here does not compile. */
export const OUTCOMES: Readonly<Record<Outcome, Word>> = {
  segmented: {
    text: 'Segmented',
    tone: 'good',
    icon: 'check',
    meaning: 'A segmentation is stored in the archive.',
  },
  empty: {
    text: 'Empty',
    tone: 'quiet',
    icon: 'circle',
    meaning: 'Looked at, nothing found, nothing stored.',
  },
  unsupported: {
    text: 'Unsupported',
    tone: 'warn',
    icon: 'slash',
    meaning: 'No image of a kind that the model knows; nothing stored.',
  },
  failed: { text: 'Failed', tone: 'bad', icon: 'cross', meaning: 'Processing ended with an error.' },
  superseded: {
    text: 'Superseded',
    tone: 'quiet',
    icon: 'clock',
    meaning: 'A result of an earlier run that is still in the archive.',
  },
};

/** Every state that the gateway knows, likewise. */
export const STATES: Readonly<Record<StudyState, Word>> = {
  quiet: {
    text: 'Arriving',
    tone: 'calm',
    icon: 'inbox',
    meaning: 'Images still arrive; it is queued when they stop.',
  },
  queued: { text: 'Queued', tone: 'calm', icon: 'queue', meaning: 'Waits for a free worker.' },
  running: { text: 'Running', tone: 'calm', icon: 'spinner', meaning: 'A worker processes it now.' },
  retrying: {
    text: 'Retrying',
    tone: 'warn',
    icon: 'retry',
    meaning: 'A try failed; another follows by itself.',
  },
  cancelled: {
    text: 'Cancelled',
    tone: 'quiet',
    icon: 'slash',
    meaning: 'Taken out before it was processed.',
  },
  done: { text: 'Done', tone: 'quiet', icon: 'check', meaning: 'Processing has ended.' },
};

/** What to show for a study: how it stands while it is under way, else how it ended. */
export function wordOf({ state, outcome }: { state: StudyState; outcome?: Outcome | undefined }): Word {
  return state === 'done' && outcome ? OUTCOMES[outcome] : STATES[state];
}

/** Whether a text is an outcome: details of events are not typed. */
export const isOutcome = (value: unknown): value is Outcome =>
  typeof value === 'string' && Object.hasOwn(OUTCOMES, value);

/** A result that the model is not sure enough of. */
export const NEEDS_REVIEW: Word = {
  text: 'Needs review',
  tone: 'warn',
  icon: 'eye',
  meaning: 'The model is not sure enough of this result: somebody should look at it.',
};

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
