import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's folder: two levels above dist/cli. */
export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Version of this software, from package.json. */
export const VERSION = (
  JSON.parse(readFileSync(`${PROJECT_ROOT}/package.json`, 'utf8')) as { version: string }
).version;

/** The engine's built file. It is always the compiled one, also when this runs from source under a test. */
export const ENGINE_ENTRY = `${PROJECT_ROOT}/dist/model/process/engine-main.js`;
