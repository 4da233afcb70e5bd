import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { AppError } from '../core/index.js';
import { environmentOverrides } from './environment.js';
import { OLD_NAMES, withNamesOfToday } from './old-names.js';
import type { Tree } from './tree.js';

/** Where settings come from; a later one wins. */
export interface Sources {
  /** `config/default.yaml`: every setting there is. */
  readonly defaults: Tree;
  /** The file named by ESP_CONFIG; empty without one. */
  readonly site: Tree;
  readonly fromEnvironment: Tree;
  /** The last two as they were written, old names included. */
  readonly written: { readonly site: Tree; readonly fromEnvironment: Tree };
}

/** Where `config/default.yaml` is below the project's folder. */
export const defaultsPath = (root: string): string => join(root, 'config/default.yaml');

/** @throws AppError `CONFIG_INVALID` for a file that cannot be read */
export function readSources(root: string, environment: NodeJS.ProcessEnv): Sources {
  const defaults = readTree(defaultsPath(root));
  const site = environment.ESP_CONFIG ? readTree(environment.ESP_CONFIG) : {};
  const fromEnvironment = environmentOverrides(withOldNames(defaults), environment);
  return {
    defaults,
    site: withNamesOfToday(site),
    fromEnvironment: withNamesOfToday(fromEnvironment),
    written: { site, fromEnvironment },
  };
}

/** The defaults with the old names as further keys, so that the environment may use those. */
function withOldNames(defaults: Tree): Tree {
  const result: Tree = { ...defaults };
  for (const { section, old } of OLD_NAMES) result[section] = { ...result[section], [old]: undefined };
  return result;
}

function readTree(path: string): Tree {
  try {
    return (parse(readFileSync(path, 'utf8')) ?? {}) as Tree;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new AppError('CONFIG_INVALID', `${path}: there is no such file`, { cause });
    }
    throw new AppError('CONFIG_INVALID', `${path}: cannot be read as YAML`, { cause });
  }
}
