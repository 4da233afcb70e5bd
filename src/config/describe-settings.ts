import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, parseDocument, type Pair } from 'yaml';
import { environmentName } from './environment.js';
import { defaultsPath, readSources } from './sources.js';

/** What is known of a setting besides its value. */
export interface SettingNote {
  /** Where the value in use comes from. */
  readonly origin: 'default' | 'file' | 'environment';
  /** Name of the environment variable that sets it. */
  readonly environment: string;
  /** The comment in `config/default.yaml`. */
  readonly description: string;
}

/** Notes by section and key. */
export type SettingNotes = Readonly<Record<string, Readonly<Record<string, SettingNote>>>>;

/**
 * Tells for every setting where its value comes from and what it is for. Reads the same sources as `loadSettings`.
 * @param root the project's folder
 * @throws AppError `CONFIG_INVALID` for a file that cannot be read
 */
export function describeSettings(root: string, environment: NodeJS.ProcessEnv = process.env): SettingNotes {
  const { defaults, site, fromEnvironment } = readSources(root, environment);
  const comments = readComments(defaultsPath(root));
  const noteOf = (section: string, key: string): SettingNote => {
    const isIn = (tree: typeof site) => tree[section] !== undefined && key in (tree[section] ?? {});
    return {
      origin: isIn(fromEnvironment) ? 'environment' : isIn(site) ? 'file' : 'default',
      environment: environmentName(section, key),
      description: comments.get(`${section}.${key}`) ?? '',
    };
  };
  return Object.fromEntries(
    Object.entries(defaults).map(([section, values]) => [
      section,
      Object.fromEntries(Object.keys(values).map((key) => [key, noteOf(section, key)])),
    ]),
  );
}

/** Comments behind the values, by `section.key`. */
function readComments(path: string): Map<string, string> {
  const comments = new Map<string, string>();
  const { contents } = parseDocument(readFileSync(path, 'utf8'));
  for (const section of isMap(contents) ? contents.items : []) {
    for (const setting of isMap(section.value) ? section.value.items : []) {
      comments.set(`${nameOf(section)}.${nameOf(setting)}`, commentOf(setting));
    }
  }
  return comments;
}

const nameOf = (pair: Pair) => (isScalar(pair.key) ? String(pair.key.value) : '');
const commentOf = (pair: Pair) => (isNode(pair.value) ? (pair.value.comment ?? '').trim() : '');
