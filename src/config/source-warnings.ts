import { closest, distance } from 'fastest-levenshtein';
import { environmentName } from './environment.js';
import { OLD_NAMES, oldNamesIn } from './old-names.js';
import { readSources } from './sources.js';

/** Variables that begin like ours and are no settings. */
const OTHER_VARIABLES: readonly string[] = ['ESP_CONFIG'];
/** Letters by which a misspelt name may differ from the one that is suggested. */
const MAX_TYPING_ERRORS = 4;

/**
 * What is doubtful about where the settings come from: names that are out of date, and environment variables that set
 * nothing. An unknown key in a file is no warning but an error of `loadSettings`.
 * @param root the project's folder
 * @returns one sentence each
 * @throws AppError `CONFIG_INVALID` for a file that cannot be read
 */
export function sourceWarnings(root: string, environment: NodeJS.ProcessEnv = process.env): string[] {
  const { defaults, written } = readSources(root, environment);
  const known = [
    ...OTHER_VARIABLES,
    ...Object.entries(defaults).flatMap(([section, values]) =>
      Object.keys(values).map((key) => environmentName(section, key)),
    ),
  ];
  const oldVariables = OLD_NAMES.map(({ section, old }) => environmentName(section, old));
  const unknown = Object.keys(environment)
    .filter((name) => name.startsWith('ESP_') && !known.includes(name) && !oldVariables.includes(name))
    .sort();
  return [
    ...oldNamesIn(written.site).map(
      ({ section, old, now }) =>
        `${section}.${old} is called ${section}.${now} now. Rename it in your settings file.`,
    ),
    ...oldNamesIn(written.fromEnvironment).map(
      ({ section, old, now }) =>
        `${environmentName(section, old)} is called ${environmentName(section, now)} now. Rename the variable.`,
    ),
    ...unknown.map((name) => {
      const nearest = closest(name, known);
      const hint = distance(name, nearest) <= MAX_TYPING_ERRORS ? ` Did you mean ${nearest}?` : '';
      return `${name} sets nothing: there is no such setting.${hint}`;
    }),
  ];
}
