import { z } from 'zod';
import type { SettingNotes } from '../../config/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { visibleValue } from './visible-value.js';

const setting = z
  .object({
    value: z
      .union([z.string(), z.number(), z.boolean(), z.null()])
      .describe('of a secret only `set` or `not set`; of a URL without credentials'),
    origin: z
      .enum(['default', 'file', 'environment'])
      .optional()
      .describe(
        'where the value comes from: config/default.yaml, the file named by ESP_CONFIG, the environment',
      ),
    environment: z.string().optional().describe('environment variable that sets it'),
    description: z.string().optional(),
  })
  .meta({ id: 'Setting' });
const settingsInUse = z
  .object({ settings: z.record(z.string(), z.record(z.string(), setting)) })
  .meta({ id: 'SettingsInUse', description: 'settings by section and key' });

/** `GET /settings`: what this gateway runs with. */
export function settingsEndpoints(dependencies: AdminDependencies): Endpoint[] {
  const { settings, settingNotes } = dependencies;
  return [
    endpoint({
      operationId: 'showSettings',
      method: 'get',
      path: '/settings',
      tag: 'settings',
      summary: 'The settings in use and where each comes from',
      description: "Of this gateway, as read when it started; a worker's may differ. Read-only.",
      scope: 'admin:*',
      replies: {
        200: { description: 'settings by section and key', schema: settingsInUse },
      },
      handle: async () => ({ status: 200, body: { settings: visibleTree(settings, settingNotes) } }),
    }),
  ];
}

function visibleTree(settings: AdminDependencies['settings'], notes: SettingNotes = {}) {
  return Object.fromEntries(
    Object.entries(settings).map(([section, values]) => [
      section,
      Object.fromEntries(
        Object.entries(values as Record<string, unknown>).map(([key, value]) => [
          key,
          { value: visibleValue(key, value), ...notes[section]?.[key] },
        ]),
      ),
    ]),
  );
}
