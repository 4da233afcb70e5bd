import type { Check } from '../check.js';
import { toAppError } from '../../core/index.js';
import type { KnownWorker } from '../../store/index.js';
import { fail, ok, skipped, warn, type Verdict } from '../finding.js';
import { settingName } from '../setting-name.js';
import { withRedis } from './need.js';

/** Whether anybody takes studies. */
export const workersAlive: Check = {
  id: 'workers.alive',
  title: 'A worker is alive',
  run: (context) =>
    withRedis(context, async () => {
      const { alive, gone } = await context.probes.workers();
      const lost = gone > 0 ? `; ${gone} stopped without saying so` : '';
      const broken = alive.filter(({ problem }) => problem !== null);
      if (broken.length > 0) {
        const { message, advice } = broken[0]!.problem!;
        const told = `${broken.length} of ${alive.length} take no studies: ${message}`;
        return broken.length < alive.length ? warn(told, advice) : fail(told, advice);
      }
      if (alive.length > 0) {
        const slots = alive.reduce((sum, worker) => sum + worker.slots, 0);
        return ok(`${alive.length} alive, ${slots} studies at a time${lost}`);
      }
      return fail(
        `No worker is alive${lost}: studies wait in the queue`,
        'Start one: esp-medsam worker (or all); docker compose up -d worker. Its log says why it ended.',
        `${settingName('redis.url')} and ${settingName('redis.prefix')}: the same for gateway and workers`,
      );
    }),
};

/** Whether the workers run this version with this model. */
export const workersAgree: Check = {
  id: 'workers.agree',
  title: 'All workers run the same version and model',
  run: (context) =>
    withRedis(context, async () => {
      const { alive } = await context.probes.workers();
      if (alive.length === 0) return skipped('No worker is alive');
      const versions = new Set(alive.map(({ version }) => version));
      const models = new Set(alive.map(({ model, precision }) => `${model.sha256} ${precision}`));
      if (versions.size <= 1 && models.size <= 1)
        return ok(
          `Version ${[...versions].join()}, model ${alive[0]!.model.sha256.slice(0, 12)}…, ${alive[0]!.precision} products`,
        );
      return warn(
        `${versions.size} versions and ${models.size} models at work: the same study can get different results`,
        'Restart the workers that are behind; an upgrade or a change of the model may be under way. A model that multiplies in ' +
          'another precision counts as another.',
        `${settingName('model.manifest')} and ${settingName('engine.precision')}`,
      );
    }),
};

/** Whether the graphics card that was asked for is used. */
export const provider: Check = {
  id: 'engine.provider',
  title: 'The engine runs where it should',
  deadlineMs: 150_000,
  async run(context) {
    const wanted = context.settings.engine.provider;
    const { alive } = await context.probes.workers();
    if (alive.length > 0) return judge(wanted, alive);
    if (!context.tryEngine)
      return skipped(
        'No worker is alive, so it is not known',
        'Run the doctor on the command line of a worker.',
      );
    try {
      const { provider: used } = await context.tryEngine();
      return ok(`No worker is alive; an engine started here runs on ${used}`);
    } catch (thrown) {
      const { message, advice } = toAppError(thrown);
      return fail(
        `No worker is alive, and an engine does not start here: ${message}`,
        advice,
        settingName('engine.provider'),
      );
    }
  },
};

function judge(wanted: string, alive: readonly KnownWorker[]): Verdict {
  const used = [...new Set(alive.map((worker) => worker.provider))];
  const found = `The workers run on ${used.join(' and ')}`;
  const fallen = alive.filter(({ fellBack }) => fellBack);
  if (fallen.length > 0) {
    return warn(
      `${fallen.length} of ${alive.length} went on with the CPU because the memory of the GPU did not suffice`,
      `End what else uses the GPU, or give it fewer engines (worker.concurrency); then restart ${fallen
        .map(({ host }) => host)
        .join(', ')}.`,
      settingName('engine.gpuOutOfMemory'),
    );
  }
  if (wanted !== 'cpu' && !used.includes(wanted)) {
    return warn(
      `${found}, though engine.provider is ${wanted} here`,
      'Set it for the workers, on a machine with an NVIDIA card, CUDA 12 and cuDNN 9 (docker compose --profile gpu).',
      settingName('engine.provider'),
    );
  }
  return ok(
    found,
    used.some((one) => one !== 'cpu')
      ? ''
      : 'With an NVIDIA card engine.provider: cuda is faster; on a CPU engine.precision: int8 may be.',
  );
}
