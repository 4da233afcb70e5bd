import { stringOf, TAG } from '../dicom/index.js';
import { claimDataFolder } from './data-folder.js';
import { gatewayClient, segsIn, type GatewayClient, type StudyView } from './gateway-client.js';
import type { LocalProcess } from './local-process.js';
import { openProgress, type Progress } from './progress.js';
import type { DemoOptions } from './read-options.js';
import { scoreStudy, scoreTable, type FrameScore } from './score.js';
import { filesOf, type Sent, sendFiles } from './send-files.js';
import { startServers } from './start-servers.js';
import { watchStudies } from './watch-studies.js';

const ENDED = 'Ended with Ctrl-C; the data folder is kept';

/**
 * Runs the main job on private servers.
 * @param interrupted somebody wants it to end
 * @param servers what was started; the caller ends those that are left at once when asked a second time
 * @returns the exit code: 0 when every file was sent and every study has a verified outcome, 130 when interrupted before
 */
export async function runDemo(
  options: DemoOptions & { readonly projectRoot: string },
  interrupted: AbortSignal,
  servers: LocalProcess[],
): Promise<number> {
  const progress = openProgress(process.stdout);
  const files = filesOf(options.studies, progress);
  const folder = await claimDataFolder(options.dataDir, options);
  try {
    if (folder.ended > 0) progress.line(`ended ${folder.ended} servers that a killed demo had left`);
    progress.status('starting Redis, Orthanc, gateway and worker …');
    const { base, logFile } = await startServers(folder, options, servers, interrupted);
    progress.line(`gateway on ${base} (log: ${logFile})`);
    const client = gatewayClient(base, process.env.ESP_ADMIN_TOKEN);
    const sent = await sendFiles(client, files, progress, interrupted);
    const good = await results(client, sent, options, progress, interrupted);
    if (!options.once) {
      for (const line of whatNext(base, options)) progress.line(line);
      await new Promise<void>((done) => {
        if (interrupted.aborted) done();
        else interrupted.addEventListener('abort', () => done(), { once: true });
      });
    }
    return good ? 0 : 1;
  } catch (error) {
    if (!interrupted.aborted) throw error;
    progress.line(ENDED);
    return 130;
  } finally {
    progress.status('ending the servers …');
    // The gateway first, so that it does not see its servers go.
    for (const server of [...servers].reverse()) await server.stop();
    folder.release();
    progress.end();
  }
}

async function results(
  client: GatewayClient,
  { studies, skipped }: Sent,
  options: DemoOptions,
  progress: Progress,
  interrupted: AbortSignal,
): Promise<boolean> {
  const scores: FrameScore[] = [];
  const before = await countSegs(client, studies.keys());
  const done = await watchStudies(client, studies, progress, interrupted, async (study) => {
    if (options.masks) scores.push(...(await scoreStudy(client, study, options.masks)));
  });
  const newSegs = (await countSegs(client, studies.keys())) - before;
  const missing = await missingSegs(client, done);
  for (const uid of missing) progress.line(`MISSING in the archive: SEG ${uid}`);
  if (scores.length > 0) for (const row of ['', ...scoreTable(scores)]) progress.line(row);
  progress.line('');
  progress.line(summary(done, newSegs, skipped));
  const isFailed = done.some(({ outcome }) => outcome === 'failed');
  return !isFailed && missing.length === 0 && skipped === 0 && done.length === studies.size;
}

function summary(done: readonly StudyView[], newSegs: number, skipped: number): string {
  const counts = new Map<string, number>();
  for (const { outcome } of done) counts.set(outcome!, (counts.get(outcome!) ?? 0) + 1);
  const outcomes = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  const left = skipped === 0 ? '' : `; files skipped: ${skipped}`;
  return `${outcomes || 'no study done'}; SEGs new in the archive: ${newSegs}${left}`;
}

function whatNext(base: string, { studies }: DemoOptions): string[] {
  const pictures =
    studies === undefined
      ? [
          '',
          'These were drawn. Public pictures from real devices, and how to send them: docs/sample-images.md',
        ]
      : [];
  return ['', `Console: ${base}/`, `Viewer:  ${base}/viewer/`, ...pictures, '', 'Ctrl-C ends it.'];
}

async function countSegs(client: GatewayClient, studies: Iterable<string>): Promise<number> {
  let count = 0;
  for (const study of studies) count += segsIn(await client.instances(study)).length;
  return count;
}

/** SEGs that the ledger names and the archive does not return. */
async function missingSegs(client: GatewayClient, studies: readonly StudyView[]): Promise<string[]> {
  const missing: string[] = [];
  for (const { studyInstanceUid: study, units } of studies) {
    for (const { segSeriesUid: series, segInstanceUid: instance } of units) {
      if (!series || !instance) continue;
      const metadata = await client.metadata({ study, series, instance });
      if (!metadata || stringOf(metadata, TAG.Modality) !== 'SEG') missing.push(instance);
    }
  }
  return missing;
}
