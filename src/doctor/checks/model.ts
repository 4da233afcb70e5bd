import type { Check } from '../check.js';
import { loadModalities } from '../../routing/index.js';
import { loadManifest, readCatalogue } from '../../model/index.js';
import { AppError, type Channel, toAppError } from '../../core/index.js';
// Not the folder's index: that loads ONNX Runtime, which the gateway must not need.
import type { DoctorContext } from '../context.js';
import { fail, ok, warn } from '../finding.js';
import { settingName } from '../setting-name.js';

/** Whether the active model's files are the ones that its manifest names. */
export const modelFiles: Check = {
  id: 'model.files',
  title: 'The active model is the one its manifest names',
  deadlineMs: 60_000,
  async run(context) {
    try {
      const { manifest } = await loadManifest(await activeManifest(context));
      const files = manifest.detector ? 'model and detector' : 'model';
      return ok(
        `${manifest.name} ${manifest.version}, SHA-256 ${manifest.sha256.slice(0, 12)}…: size and hash of ${files} are right`,
      );
    } catch (thrown) {
      const { message } = toAppError(thrown);
      return fail(
        message,
        'Restore models/ from the release, or name another manifest.',
        settingName('model.manifest'),
      );
    }
  },
};

/** The manifest of what an administrator has activated, or the configured one; without Redis it is not known. */
async function activeManifest({ settings, store, probes }: DoctorContext): Promise<string> {
  const { manifest } = settings.model;
  if ((await probes.redis()).kind !== 'redis') return manifest;
  const active = await store.activeModel.current();
  if (active === undefined) return manifest;
  const { models } = await readCatalogue(settings.model);
  const chosen = models.find(({ id }) => id === active.id);
  if (chosen) return chosen.manifestPath;
  throw new AppError(
    'MODEL_INVALID',
    `The active model ${active.id} is not below ${settings.model.directory}`,
  );
}

/** What the active model can segment; nothing when its manifest cannot be read, which another check tells. */
async function channelsOfActive(context: DoctorContext): Promise<readonly Channel[]> {
  const { models } = await readCatalogue(context.settings.model);
  const path = await activeManifest(context).catch(() => undefined);
  return models.find(({ manifestPath }) => manifestPath === path)?.channels ?? [];
}

/** Whether the table of codes and routing rules can be read. */
export const modalitiesFile: Check = {
  id: 'model.modalities',
  title: 'Codes and routing rules can be read',
  async run(context) {
    const { settings } = context;
    try {
      const { routing, channels } = loadModalities(settings.model.modalities);
      const missing = (await channelsOfActive(context)).filter((name) => channels[name] === undefined);
      if (missing.length > 0) {
        return warn(
          `the active model can segment ${missing.join(', ')}, which the file does not describe`,
          'Add codes and routing rules for it: until then no picture is given to it.',
          settingName('model.modalities'),
        );
      }
      return ok(`${routing.rules.length} rules, ${routing.sources.length} SOP classes`);
    } catch (thrown) {
      const { message } = toAppError(thrown);
      return fail(
        message,
        'Correct the entry named, or restore config/modalities.yaml.',
        settingName('model.modalities'),
      );
    }
  },
};
