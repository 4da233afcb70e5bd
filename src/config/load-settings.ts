import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '../core/index.js';
import { environmentOverrides } from './environment.js';
import { settingsSchema, type Settings } from './schema.js';

type Tree = Record<string, Record<string, unknown>>;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Reads `config/default.yaml`, then the file named by ESP_CONFIG, then the environment; the later wins.
 * Paths in the result are absolute: relative ones start at the project's folder.
 * @param root the project's folder
 * @throws AppError `CONFIG_INVALID` naming the setting
 */
export function loadSettings(root: string, environment: NodeJS.ProcessEnv = process.env): Settings {
  const defaults = readTree(join(root, 'config/default.yaml'));
  const site = environment.ESP_CONFIG ? readTree(environment.ESP_CONFIG) : {};
  const merged = merge(merge(defaults, site), environmentOverrides(defaults, environment));
  const result = settingsSchema.safeParse(merged);
  if (!result.success) throw new AppError('CONFIG_INVALID', `Settings: ${z.prettifyError(result.error)}`);
  return protect(absolutePaths(result.data, root));
}

function readTree(path: string): Tree {
  try {
    return (parse(readFileSync(path, 'utf8')) ?? {}) as Tree;
  } catch (cause) {
    throw new AppError('CONFIG_INVALID', `${path}: cannot be read as YAML`, { cause });
  }
}

function merge(base: Tree, over: Tree): Tree {
  const result: Tree = { ...base };
  for (const [section, values] of Object.entries(over)) result[section] = { ...base[section], ...values };
  return result;
}

function absolutePaths(settings: Settings, root: string): Settings {
  const absolute = (path: string) => (isAbsolute(path) ? path : join(root, path));
  return {
    ...settings,
    model: { manifest: absolute(settings.model.manifest), modalities: absolute(settings.model.modalities) },
    viewer: { dir: absolute(settings.viewer.dir) },
  };
}

/** Health data must not be offered to a network by an oversight: listening beyond loopback needs both tokens. */
function protect(settings: Settings): Settings {
  if (LOOPBACK.has(settings.gateway.host)) return settings;
  const missing = [!settings.admin.token && 'admin.token', !settings.hook.token && 'hook.token'].filter(
    Boolean,
  );
  if (missing.length === 0) return settings;
  throw new AppError(
    'CONFIG_INVALID',
    `Settings: gateway.host is not loopback, so ${missing.join(' and ')} must be set`,
  );
}
