import type { StudyView } from './gateway-client.js';
import type { SentStudy } from './send-files.js';

/** Widths of the columns of a result's line; the last one is as long as it wants. */
const NAME = 26;
const CHANNEL = 14;
const OUTCOME = 11;
const SECONDS = 9;

const NO_IMAGE = 'it holds no image that can be segmented';

/** What stands above the lines. */
export const RESULT_HEAD = cells('study', 'channel', 'outcome', 'work', 'waiting', 'result');

/**
 * A study as lines, one a display unit: name, channel, outcome, seconds that a worker spent, seconds that it waited,
 * SEG or reason.
 */
export function resultLines({ name, since }: Pick<SentStudy, 'name' | 'since'>, study: StudyView): string[] {
  // What the archive had before, and nothing was done again.
  const isUnchanged = !study.events.some(
    ({ event, at }) => at >= since && ['done', 'failed'].includes(event),
  );
  const { seconds, workSeconds } = study;
  const work = isUnchanged ? 'unchanged' : secondsOf(workSeconds);
  const waiting =
    isUnchanged || seconds === undefined || workSeconds === undefined
      ? ''
      : secondsOf(Math.max(0, seconds - workSeconds));
  const units = study.units.filter((unit) => unit.outcome !== 'superseded');
  if (units.length === 0) {
    return [cells(name, '-', study.outcome ?? '-', work, waiting, study.error?.message ?? NO_IMAGE)];
  }
  return units.map((unit) => {
    const result = unit.outcome === 'segmented' ? `SEG ${unit.segInstanceUid}` : (unit.reasons.at(-1) ?? '');
    const what = unit.quality?.review === true ? `${result}, needs review` : result;
    return cells(name, unit.channel ?? '-', unit.outcome, work, waiting, what);
  });
}

/** How long what is left will take, by what the others took. @returns nothing before one is done */
export function timeLeft(done: number, total: number, elapsedMs: number): string {
  if (done === 0 || done >= total) return '';
  const seconds = Math.max(1, Math.round(((elapsedMs / done) * (total - done)) / 1000));
  if (seconds < 90) return `, about ${seconds} s left`;
  if (seconds < 90 * 60) return `, about ${Math.round(seconds / 60)} min left`;
  return `, about ${Math.round(seconds / 3600)} h left`;
}

const secondsOf = (seconds: number | undefined) => (seconds === undefined ? '' : `${seconds.toFixed(1)} s`);

function cells(
  name: string,
  channel: string,
  outcome: string,
  work: string,
  waiting: string,
  result: string,
): string {
  // The end of a path tells files apart.
  const short = name.length > NAME ? `…${name.slice(1 - NAME)}` : name;
  const line = [
    short.padEnd(NAME),
    channel.padEnd(CHANNEL),
    outcome.padEnd(OUTCOME),
    work.padStart(SECONDS),
    waiting.padStart(SECONDS),
    ` ${result}`,
  ];
  return line.join(' ').trimEnd();
}
