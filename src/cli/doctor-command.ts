import { loadSettings, type Settings } from '../config/index.js';
import { toAppError } from '../core/index.js';
import { openArchive } from '../archive/index.js';
import { type DoctorReport, reportOf, runDoctor, startSelfTest } from '../doctor/index.js';
import { connectStore, type SelfTest, type Store } from '../store/index.js';
import { doctorTable, selfTestEnd, stepLine, type TableStyle } from './doctor-table.js';
import { openEngineFor } from './engine-for.js';
import { PROJECT_ROOT } from './project.js';

/** How the doctor was asked. */
export interface DoctorOptions {
  readonly json: boolean;
  /** Whether a tiny object may be stored in the archive and removed again. */
  readonly write: boolean;
  readonly selfTest: boolean;
}

/** Checks the set-up that this machine's settings describe. @returns the exit code: 1 when anything failed */
export async function doctorCommand(options: DoctorOptions): Promise<number> {
  const style: TableStyle = {
    colours: process.stdout.isTTY === true,
    width: Math.min(process.stdout.columns ?? 120, 140),
  };
  const settings = readSettings();
  if ('checks' in settings) {
    console.log(options.json ? JSON.stringify(settings, null, 2) : doctorTable(settings, style));
    return 1;
  }
  const store = connectStore(settings, 'failFast');
  const archive = openArchive(settings.archive);
  try {
    const dependencies = {
      settings,
      store,
      archive,
      mayWrite: options.write,
      tryEngine: () => tryEngine(settings),
    };
    const report = await runDoctor(dependencies);
    if (!options.json) console.log(doctorTable(report, style));
    const selfTest = options.selfTest
      ? await selfTestOf(settings, { store, archive }, options, style)
      : undefined;
    if (options.json) console.log(JSON.stringify({ ...report, ...(selfTest ? { selfTest } : {}) }, null, 2));
    return report.ok && selfTest?.state !== 'failed' ? 0 : 1;
  } finally {
    await store.close();
    await archive.http.close();
  }
}

/** Settings, or a report that says what is wrong with them: nothing else can be asked then. */
function readSettings(): Settings | DoctorReport {
  try {
    return loadSettings(PROJECT_ROOT);
  } catch (thrown) {
    const { message, advice, settings } = toAppError(thrown);
    return reportOf([
      {
        id: 'settings',
        title: 'The settings can be used',
        status: 'fail',
        found: message,
        advice: `${advice} See config/default.yaml for what each takes.`,
        ...(settings.length > 0 ? { setting: settings.join(', ') } : {}),
        seconds: 0,
      },
    ]);
  }
}

async function selfTestOf(
  settings: Settings,
  { store, archive }: { store: Store; archive: ReturnType<typeof openArchive> },
  { json }: DoctorOptions,
  style: TableStyle,
): Promise<SelfTest | { state: 'failed'; error: string }> {
  const interrupted = new AbortController();
  const stop = () => interrupted.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    await store.server.ready(5000);
    const shown = new Set<string>();
    if (!json) console.log('');
    const { finished } = await startSelfTest(
      { settings, store, archive },
      {
        signal: interrupted.signal,
        onChange: ({ steps }) => {
          for (const step of steps) {
            if (json || shown.has(step.name) || step.status === 'waiting' || step.status === 'running')
              continue;
            shown.add(step.name);
            console.log(stepLine(step, style));
          }
        },
      },
    );
    const test = await finished;
    if (!json) console.log(`\n${selfTestEnd(test)}`);
    return test;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (!json) console.log(`\nThe self-test could not begin: ${error.message}. ${error.advice}`);
    return { state: 'failed', error: `${error.code}: ${error.message}` };
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** Opens the engine as a worker on this machine would. */
async function tryEngine(settings: Settings): Promise<{ provider: string }> {
  const engine = openEngineFor(settings, settings.model.manifest);
  try {
    return await engine.load();
  } finally {
    await engine.close();
  }
}
