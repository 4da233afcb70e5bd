import type { IconName } from '../../parts/icon.js';
import type { StudyEvent } from '../../api/index.js';
import type { TimelineLine } from './fold-events.js';
import { channelTitle } from '../../channels.js';
import { isOutcome, OUTCOMES, plural, type Tone } from '../../words.js';

/** An event in words. */
export interface Told {
  readonly text: string;
  readonly icon: IconName;
  readonly tone: Tone;
  readonly lines: readonly string[];
  /** How the time was spent and where objects lie: for those who look for it. */
  readonly more?: readonly string[];
}

type Detail = Readonly<Record<string, unknown>>;

const SOURCES: Readonly<Record<string, string>> = {
  stow: 'seen on its way through the gateway',
  changes: "seen in the archive's change feed",
  change: "seen in the archive's change feed",
  hook: "told by the archive's webhook",
  reconcile: 'found by comparing with the archive',
  // Written by versions before 0.2.
  sweep: 'found by comparing with the archive',
};

const TELLERS: Readonly<Record<string, (detail: Detail) => Told>> = {
  signal: ({ source }) => ({
    text: 'Arrived',
    icon: 'inbox',
    tone: 'calm',
    lines: typeof source === 'string' ? [SOURCES[source] ?? `signal: ${source}`] : [],
  }),
  queued: () => ({
    text: 'Queued',
    icon: 'queue',
    tone: 'calm',
    lines: ['no image came for a while: it counts as complete'],
  }),
  started: ({ attempt }) => ({
    text: 'A worker took it',
    icon: 'play',
    tone: 'calm',
    lines: typeof attempt === 'number' && attempt > 1 ? [`try number ${attempt}`] : [],
  }),
  unit: (detail) => {
    const { text, icon, tone } = ended(detail.outcome);
    const channel = typeof detail.channel === 'string' ? ` as ${channelTitle(detail.channel)}` : '';
    return {
      text: `Display unit: ${text.toLowerCase()}${channel}`,
      icon,
      tone,
      lines: unitLines(detail),
      more: storedLines(detail),
    };
  },
  done: (detail) => {
    const { text, icon, tone } = ended(detail.outcome);
    const stored =
      typeof detail.stored === 'number' ? [`${plural(detail.stored, 'object')} stored in the archive`] : [];
    return { text: `Ended: ${text.toLowerCase()}`, icon, tone, lines: stored, more: stageLines(detail) };
  },
  unchanged: () => ({
    text: 'Nothing had changed',
    icon: 'check',
    tone: 'quiet',
    lines: ['the result of the last run still holds'],
  }),
  'nothing-new': () => ({
    text: 'Nothing new',
    icon: 'check',
    tone: 'quiet',
    lines: ['the signal told of nothing that the last run had not seen, our own results for instance'],
  }),
  retry: (detail) => ({
    text: 'A try failed, another follows',
    icon: 'retry',
    tone: 'warn',
    lines: failureLines(detail),
  }),
  failed: (detail) => ({ text: 'Failed', icon: 'cross', tone: 'bad', lines: failureLines(detail) }),
  reprocess: (detail) => ({
    text: 'Somebody asked for another run',
    icon: 'retry',
    tone: 'calm',
    lines: byLines(detail),
  }),
  replay: (detail) => ({
    text: 'Replayed from quarantine',
    icon: 'retry',
    tone: 'calm',
    lines: byLines(detail),
  }),
  backfill: (detail) => ({
    text: 'Queued again by a backfill',
    icon: 'retry',
    tone: 'calm',
    lines: byLines(detail),
  }),
  stop: (detail) => ({
    text: 'Somebody asked the run to stop',
    icon: 'slash',
    tone: 'quiet',
    lines: byLines(detail),
  }),
  cancelled: (detail) => ({
    text: detail.from === 'running' ? 'Stopped between two frames' : 'Taken out',
    icon: 'slash',
    tone: 'quiet',
    lines: byLines(detail),
  }),
  'superseded-deleted': ({ deleted, kept }) => ({
    text: `Superseded results: ${countOf(deleted)} deleted, ${countOf(kept)} kept`,
    icon: 'trash',
    tone: 'quiet',
    lines: keptLines(kept),
  }),
  discarded: (detail) => ({
    text: 'Discarded from quarantine',
    icon: 'trash',
    tone: 'quiet',
    lines: byLines(detail),
  }),
};

/** A line in words; `more` is what only somebody who looks for it wants to know. */
export function tellLine({ kind, event, events }: TimelineLine): Told & { readonly more: readonly string[] } {
  if (kind === 'looked') {
    return {
      text: 'Looked at again: nothing had changed',
      icon: 'check',
      tone: 'quiet',
      lines: [],
      more: events.map((one) => [tellEvent(one).text, ...tellEvent(one).lines].join(': ')),
    };
  }
  if (kind === 'arrived' || kind === 'changed') {
    const sources = [...new Set(events.flatMap((one) => tellEvent(one).lines))];
    const text = kind === 'arrived' ? 'Arrived' : 'The archive told of it again';
    return { ...tellEvent(event), text, lines: sources.slice(0, 1), more: sources.slice(1) };
  }
  const told = tellEvent(event);
  return { ...told, more: told.more ?? [] };
}

/** Says an event in plain words. One that this console does not know is shown as it came. */
function tellEvent({ event, detail }: StudyEvent): Told {
  const known = TELLERS[event]?.(detail ?? {});
  if (known) return known;
  const lines = Object.entries(detail ?? {}).map(([key, value]) => `${key}: ${plain(value)}`);
  return { text: event, icon: 'circle', tone: 'quiet', lines };
}

function unitLines({ reasons, frames }: Detail): string[] {
  const said = Array.isArray(reasons) ? reasons.map(String) : [];
  const found = frames as { positive: number; total: number } | undefined;
  return [
    ...said,
    ...(found ? [`something found on ${found.positive} of ${plural(found.total, 'frame')}`] : []),
  ];
}

const storedLines = ({ segInstanceUid }: Detail): string[] =>
  typeof segInstanceUid === 'string' ? [`SEG ${segInstanceUid}`] : [];

function stageLines({ stages }: Detail): string[] {
  if (typeof stages !== 'object' || stages === null) return [];
  const parts = Object.entries(stages as Record<string, unknown>)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .map(([stage, seconds]) => `${stage} ${seconds.toFixed(seconds < 1 ? 2 : 1)} s`);
  return parts.length > 0 ? [`time spent: ${parts.join(', ')}`] : [];
}

const failureLines = ({ code, message, attempts }: Detail): string[] => [
  ...(typeof message === 'string' ? [message] : []),
  ...(typeof code === 'string' ? [code] : []),
  ...(typeof attempts === 'number' ? [`try number ${attempts}`] : []),
];

const countOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** Why objects were not deleted, each reason once. */
function keptLines(kept: unknown): string[] {
  const reasons = (Array.isArray(kept) ? kept : []).map((one: unknown) =>
    typeof one === 'object' && one !== null && 'reason' in one ? String(one.reason) : '',
  );
  return [...new Set(reasons)].filter(Boolean).map((reason) => `kept: ${reason}`);
}

const byLines = ({ actor, priority }: Detail): string[] => [
  ...(typeof actor === 'string' ? [`by ${actor}`] : []),
  ...(typeof priority === 'string' && priority !== 'normal' ? [`priority: ${priority}`] : []),
];

/** Details of events are kept as they were written: an outcome may be one of a newer version. */
const ended = (outcome: unknown): Omit<Told, 'lines' | 'more'> =>
  isOutcome(outcome) ? OUTCOMES[outcome] : { text: String(outcome), tone: 'quiet', icon: 'circle' };

const plain = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
