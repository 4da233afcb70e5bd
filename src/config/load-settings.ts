import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../core/index.js';
import { checkArchiveLogin } from './archive-login.js';
import { protect } from './protect.js';
import { settingsSchema, type Settings } from './schema.js';
import { readSources } from './sources.js';
import type { Tree } from './tree.js';

/**
 * Reads `config/default.yaml`, then the file named by ESP_CONFIG, then the environment; the later wins.
 * Paths in the result are absolute: relative ones start at the project's folder.
 * @param root the project's folder
 * @throws AppError `CONFIG_INVALID` naming the setting
 */
export function loadSettings(root: string, environment: NodeJS.ProcessEnv = process.env): Settings {
  const { defaults, site, fromEnvironment } = readSources(root, environment);
  const result = settingsSchema.safeParse(merge(merge(defaults, site), fromEnvironment));
  if (!result.success) {
    const settings = namesOf(result.error);
    throw new AppError('CONFIG_INVALID', `Settings: ${z.prettifyError(result.error)}`, { settings });
  }
  return protect(checkArchiveLogin(absolutePaths(result.data, root)));
}

/** The settings that are wrong. A rule about several of them names them itself, as `params.settings` of its schema. */
function namesOf({ issues }: z.ZodError): string[] {
  const names = issues.flatMap((issue) => {
    const keys: unknown =
      issue.code === 'unrecognized_keys' ? issue.keys : issue.code === 'custom' && issue.params?.settings;
    return (Array.isArray(keys) ? keys : [undefined]).map((key: unknown) =>
      [...issue.path, ...(key === undefined ? [] : [key])].join('.'),
    );
  });
  return [...new Set(names)];
}

function merge(base: Tree, over: Tree): Tree {
  const result: Tree = { ...base };
  for (const [section, values] of Object.entries(over)) result[section] = { ...base[section], ...values };
  return result;
}

function absolutePaths(settings: Settings, root: string): Settings {
  const absolute = (path: string) => (isAbsolute(path) ? path : join(root, path));
  const optional = (path: string) => (path === '' ? '' : absolute(path));
  const { archive, audit, gateway, oidc, webhooks } = settings;
  const tls = ({
    caFile,
    certFile,
    keyFile,
  }: Pick<Settings['archive'], 'caFile' | 'certFile' | 'keyFile'>) => ({
    caFile: optional(caFile),
    certFile: optional(certFile),
    keyFile: optional(keyFile),
  });
  return {
    ...settings,
    gateway: {
      ...gateway,
      ...tls(gateway),
      checkCertFile: optional(gateway.checkCertFile),
      checkKeyFile: optional(gateway.checkKeyFile),
    },
    oidc: { ...oidc, ...tls(oidc) },
    archive: { ...archive, ...tls(archive), tokenFile: optional(archive.tokenFile) },
    webhooks: { ...webhooks, ...tls(webhooks) },
    audit: { ...audit, ...tls(audit) },
    model: {
      manifest: absolute(settings.model.manifest),
      directory: absolute(settings.model.directory),
      modalities: absolute(settings.model.modalities),
    },
    viewer: { dir: absolute(settings.viewer.dir) },
  };
}
