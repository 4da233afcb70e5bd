import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../support/stack.js';

/** A page of the documentation. */
export interface Page {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
}

/** The README and every page of docs/; decisions are history and stay as they were. */
export function pages(): Page[] {
  const docs = readdirSync(join(PROJECT_ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...docs.map((name) => `docs/${name}`)].map(
    (path) => ({
      path,
      text: readFileSync(join(PROJECT_ROOT, path), 'utf8'),
    }),
  );
}

/** A command of a page that is to be run: `<!-- run -->` or `<!-- run exit 1 -->` stands above it. */
export interface Command {
  readonly where: string;
  readonly script: string;
  readonly exit: number;
}

/** The commands of a page, one a line; a line that ends with a backslash goes on. */
export function commandsOf({ path, text }: Page): Command[] {
  const blocks = text.matchAll(/<!-- run(?: exit (\d+))? -->\n+```sh\n([\s\S]*?)```/g);
  return [...blocks].flatMap(([, exit, script], block) =>
    script!
      .replaceAll('\\\n', ' ')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .map((line, at) => ({
        where: `${path}, block ${block + 1}, line ${at + 1}`,
        script: line,
        exit: Number(exit ?? 0),
      })),
  );
}
