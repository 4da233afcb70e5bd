import type { Tree } from './tree.js';

/** `archive` + `dicomwebUrl` → `ESP_ARCHIVE_DICOMWEB_URL`. */
export function environmentName(section: string, key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return `ESP_${section}_${words}`.toUpperCase();
}

/** The settings that the environment overrides, for every key that the defaults know. */
export function environmentOverrides(defaults: Tree, environment: NodeJS.ProcessEnv): Tree {
  const result: Tree = {};
  for (const [section, values] of Object.entries(defaults)) {
    for (const key of Object.keys(values)) {
      const value = environment[environmentName(section, key)];
      if (value !== undefined) (result[section] ??= {})[key] = value;
    }
  }
  return result;
}
