import { setTimeout as pause } from 'node:timers/promises';
import type { GatewayClient, StudyView } from './gateway-client.js';
import { bar, type Progress } from './progress.js';
import { RESULT_HEAD, resultLines, timeLeft } from './result-lines.js';
import type { SentStudy } from './send-files.js';

/** For so long nothing may become done before the others are given up. */
const PATIENCE_MS = 15 * 60_000;

/**
 * Waits for every study and writes its lines as it is done.
 * @param onDone called with each
 * @returns the studies that are done
 */
export async function watchStudies(
  client: GatewayClient,
  studies: ReadonlyMap<string, SentStudy>,
  progress: Progress,
  interrupted: AbortSignal,
  onDone: (study: StudyView) => Promise<void>,
): Promise<StudyView[]> {
  const open = new Map(studies);
  const done: StudyView[] = [];
  const began = Date.now();
  let lastAt = began;
  progress.line('');
  progress.line(RESULT_HEAD);
  while (open.size > 0 && Date.now() - lastAt < PATIENCE_MS) {
    for (const [uid, sent] of open) {
      interrupted.throwIfAborted();
      const study = await client.study(uid);
      if (!study || study.outcome === undefined || !ranSince(study, sent.sentAt)) continue;
      open.delete(uid);
      done.push(study);
      lastAt = Date.now();
      for (const line of resultLines(sent, study)) progress.line(line);
      await onDone(study);
      progress.status(
        `${bar(done.length, studies.size)}${timeLeft(done.length, studies.size, lastAt - began)}`,
      );
    }
    progress.status(
      `${bar(done.length, studies.size)}${timeLeft(done.length, studies.size, lastAt - began)}`,
    );
    await pause(250, undefined, { signal: interrupted }).catch(() => interrupted.throwIfAborted());
  }
  for (const { name } of open.values()) progress.line(`NOT DONE  ${name}`);
  return done;
}

/** Whether a run has ended after what we sent: an earlier result of the same study does not count. */
function ranSince({ events }: StudyView, sentAt: string): boolean {
  return events.some(({ event, at }) => at >= sentAt && ['done', 'unchanged', 'failed'].includes(event));
}
