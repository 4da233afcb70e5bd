import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringOf, TAG } from '../dicom/index.js';
import type { StudyRecord } from '../store/index.js';
import { phantomStudies } from '../phantom/index.js';
import { findDicom } from './find-dicom.js';
import { freePort } from './free-port.js';
import { gatewayClient, segsIn, type GatewayClient, type StudyView } from './gateway-client.js';
import { startLocalOrthanc } from './local-orthanc.js';
import { startLocalProcess, type LocalProcess } from './local-process.js';
import { startLocalRedis } from './local-redis.js';
import { bar, openProgress, type Progress } from './progress.js';
import { scoreStudy, scoreTable, type FrameScore } from './score.js';

/** How the demo was asked to run. */
export interface DemoOptions {
  /** Folder of DICOM files; the six phantoms when absent. */
  readonly studies?: string | undefined;
  /** Folder of reference masks `<SOPInstanceUID>.png`; prints Dice by channel. */
  readonly masks?: string | undefined;
  /** Where the private archive and queue keep their data. */
  readonly dataDir: string;
  /** Begin with an empty archive. */
  readonly fresh: boolean;
  /** End when every study is done. */
  readonly once: boolean;
  readonly projectRoot: string;
  readonly port: number;
}

const STUDY_TIMEOUT_MS = 15 * 60_000;

/** Runs the main job on private servers. @returns the exit code: 0 when every study has a verified outcome */
export async function runDemo(options: DemoOptions, interrupted: Promise<void>): Promise<number> {
  const progress = openProgress(process.stdout);
  const servers: LocalProcess[] = [];
  try {
    const files = filesOf(options);
    const base = await startServers(options, servers, progress);
    const client = gatewayClient(base, process.env.ESP_ADMIN_TOKEN);
    const studies = await send(client, files, progress);
    const before = await countSegs(client, studies.keys());
    const { records, scores } = await watch(client, studies, options, progress, interrupted);
    const after = await countSegs(client, studies.keys());
    const good = await report(client, records, scores, after - before, studies.size, progress);
    if (!options.once) {
      progress.line('');
      progress.line(`Viewer:  ${base}/viewer/`);
      progress.line(`Console: ${base}/`);
      progress.line('Ctrl-C ends it.');
      await interrupted;
    }
    return good ? 0 : 1;
  } finally {
    progress.end();
    // The gateway first, so that it does not see its servers go.
    for (const server of servers.reverse()) await server.stop();
  }
}

function filesOf(options: DemoOptions): { name: string; bytes: () => Uint8Array }[] {
  if (options.studies === undefined) {
    return phantomStudies().map((phantom) => ({ name: phantom.kind, bytes: () => phantom.bytes }));
  }
  const paths = existsSync(options.studies) ? findDicom(options.studies) : [];
  if (paths.length === 0) throw new Error(`${options.studies} holds no DICOM file`);
  return paths.map((path) => ({ name: path, bytes: () => readFileSync(path) }));
}

async function startServers(
  options: DemoOptions,
  servers: LocalProcess[],
  progress: Progress,
): Promise<string> {
  if (options.fresh) rmSync(options.dataDir, { recursive: true, force: true });
  mkdirSync(options.dataDir, { recursive: true });
  writeFileSync(join(options.dataDir, '.gitignore'), '*\n');
  progress.status('starting Redis, Orthanc, gateway and worker …');
  const redis = await startLocalRedis(join(options.dataDir, 'redis'), await freePort());
  servers.push(redis);
  const orthanc = await startLocalOrthanc(join(options.dataDir, 'orthanc'), await freePort());
  servers.push(orthanc);
  const port = options.port || (await freePort());
  const base = `http://127.0.0.1:${port}`;
  const logFile = join(options.dataDir, 'esp-medsam.log');
  servers.push(
    await startLocalProcess({
      command: process.execPath,
      args: [join(options.projectRoot, 'dist/cli/main.js'), 'all'],
      logFile,
      env: {
        // Settings from the caller's environment hold here too; the servers' addresses are ours.
        ...process.env,
        ESP_REDIS_URL: redis.url,
        ESP_ARCHIVE_DICOMWEB_URL: orthanc.dicomwebUrl,
        ESP_ARCHIVE_ORTHANC_URL: orthanc.orthancUrl,
        ESP_GATEWAY_PORT: String(port),
        ESP_INTAKE_QUIET_SECONDS: '1',
        ESP_INTAKE_CHANGES_INTERVAL_SECONDS: '0.5',
      },
      ready: async () => {
        const response = await fetch(`${base}/readyz`);
        await response.arrayBuffer();
        if (!response.ok) throw new Error('not ready');
      },
    }),
  );
  progress.line(`gateway on ${base} (log: ${logFile})`);
  return base;
}

/** @returns the studies with the time at which the last instance of each was sent */
async function send(
  client: GatewayClient,
  files: { name: string; bytes: () => Uint8Array }[],
  progress: Progress,
): Promise<ReadonlyMap<string, string>> {
  const studies = new Map<string, string>();
  for (const [index, file] of files.entries()) {
    progress.status(`sending ${bar(index, files.length)}`);
    const sentAt = new Date().toISOString();
    const stored = await client.store(file.bytes());
    if (stored.length === 0) throw new Error(`the archive did not keep ${file.name}`);
    for (const study of stored) studies.set(study, sentAt);
  }
  progress.line(`sent ${files.length} instances in ${studies.size} studies`);
  return studies;
}

async function watch(
  client: GatewayClient,
  studies: ReadonlyMap<string, string>,
  options: DemoOptions,
  progress: Progress,
  interrupted: Promise<void>,
): Promise<{ records: StudyRecord[]; scores: FrameScore[] }> {
  let asked = false;
  void interrupted.then(() => (asked = true));
  const open = new Map(studies);
  const records: StudyRecord[] = [];
  const scores: FrameScore[] = [];
  const deadline = Date.now() + STUDY_TIMEOUT_MS;
  while (open.size > 0 && Date.now() < deadline && !asked) {
    for (const [uid, sentAt] of open) {
      const record = await client.study(uid);
      if (!record || record.outcome === undefined || !ranSince(record, sentAt)) continue;
      open.delete(uid);
      records.push(record);
      for (const line of describe(record)) progress.line(line);
      if (options.masks) scores.push(...(await scoreStudy(client, record, options.masks)));
    }
    progress.status(bar(records.length, studies.size));
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  for (const uid of open.keys()) progress.line(`NOT DONE  study ${uid}`);
  return { records, scores };
}

/** Whether a run has ended after what we sent: an earlier result of the same study does not count. */
function ranSince({ events }: StudyView, sentAt: string): boolean {
  return events.some(({ event, at }) => at >= sentAt && ['done', 'unchanged', 'failed'].includes(event));
}

/** One line a display unit: channel, outcome, seconds, SEG UID or reason. */
function describe(record: StudyView): string[] {
  const unchanged = record.events.at(-1)?.event === 'unchanged';
  const seconds = (unchanged ? 'unchanged' : `${(record.seconds ?? 0).toFixed(1)} s`).padStart(9);
  const units = record.units.filter((unit) => unit.outcome !== 'superseded');
  if (units.length === 0)
    return [
      `${'-'.padEnd(12)} ${String(record.outcome).padEnd(11)} ${seconds}  ${record.error?.message ?? ''}`,
    ];
  return units.map((unit) => {
    const result = unit.outcome === 'segmented' ? `SEG ${unit.segInstanceUid}` : (unit.reasons.at(-1) ?? '');
    const what = unit.quality?.review === true ? `${result}, needs review` : result;
    return `${(unit.channel ?? '-').padEnd(12)} ${unit.outcome.padEnd(11)} ${seconds}  ${what}`;
  });
}

async function countSegs(client: GatewayClient, studies: Iterable<string>): Promise<number> {
  let count = 0;
  for (const study of studies) count += segsIn(await client.instances(study)).length;
  return count;
}

/** Says how it went. A study counts as good when its outcome holds and the archive returns every SEG it names. */
async function report(
  client: GatewayClient,
  records: readonly StudyRecord[],
  scores: readonly FrameScore[],
  newSegs: number,
  studies: number,
  progress: Progress,
): Promise<boolean> {
  let good = true;
  const counts = new Map<string, number>();
  for (const record of records) {
    counts.set(record.outcome!, (counts.get(record.outcome!) ?? 0) + 1);
    if (record.outcome === 'failed') good = false;
    for (const { segSeriesUid, segInstanceUid } of record.units) {
      if (!segSeriesUid || !segInstanceUid) continue;
      const path = { study: record.studyInstanceUid, series: segSeriesUid, instance: segInstanceUid };
      const metadata = await client.metadata(path);
      if (metadata && stringOf(metadata, TAG.Modality) === 'SEG') continue;
      progress.line(`MISSING in the archive: SEG ${segInstanceUid}`);
      good = false;
    }
  }
  if (scores.length > 0) for (const row of ['', ...scoreTable(scores)]) progress.line(row);
  progress.line('');
  const summary = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  progress.line(`${summary || 'no study done'}; SEGs new in the archive: ${newSegs}`);
  return good && records.length === studies;
}
