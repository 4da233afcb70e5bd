import { parseRoutingRules, type RoutingConfig } from './routing-rules.js';
import { AppError } from '../core/index.js';

/** A version of the routing rules. Version 0 is the file's and has neither time nor actor. */
export interface RoutingVersion {
  readonly version: number;
  readonly at: string | undefined;
  readonly actor: string | undefined;
  readonly comment: string;
  readonly text: string;
  readonly rules: RoutingConfig;
}

export type RoutingVersionSummary = Omit<RoutingVersion, 'text' | 'rules'>;

/** The rules that the file brings. */
export interface RoutingFile {
  readonly text: string;
  readonly rules: RoutingConfig;
}

/** Versions of the routing rules; the newest is in force from the next study on. */
export interface RoutingVersions {
  /** Number of the newest. */
  newest(): Promise<number>;
  /** @throws AppError `CONFIG_INVALID` for rules that an older version of this software took and this one does not */
  read(version: number): Promise<RoutingVersion | undefined>;
  /** Newest first, the file's last. */
  list(page: { offset: number; limit: number }): Promise<RoutingVersionSummary[]>;
  /**
   * Puts rules in force; the text has been checked.
   * @param expected newest version that the writer has seen
   * @returns the new version, or undefined when another one came before
   */
  put(entry: { text: string; actor: string; comment: string }, expected: number): Promise<number | undefined>;
}

/** Where the versions from 1 on are kept, as text. */
export interface KeptVersions {
  newest(): Promise<number>;
  read(
    versions: readonly number[],
  ): Promise<{ version: number; at: string; actor: string; comment: string; text: string }[]>;
  put(entry: { text: string; actor: string; comment: string }, expected: number): Promise<number | undefined>;
}

/** The rules of the file and the versions kept; none is ever changed or removed. */
export function openRoutingVersions(kept: KeptVersions, file: RoutingFile): RoutingVersions {
  const first: RoutingVersionSummary = {
    version: 0,
    at: undefined,
    actor: undefined,
    comment: 'the file config/modalities.yaml',
  };

  return {
    newest: () => kept.newest(),
    async read(version) {
      if (version === 0) return { ...first, ...file };
      const [entry] = await kept.read([version]);
      if (!entry) return undefined;
      const parsed = parseRoutingRules(entry.text);
      if ('rules' in parsed) return { ...entry, rules: parsed.rules };
      const { path, message } = parsed.problems[0]!;
      throw new AppError('CONFIG_INVALID', `Routing rules, version ${version}: ${path}: ${message}`);
    },
    async list({ offset, limit }) {
      const top = (await kept.newest()) - offset;
      const numbers = Array.from({ length: Math.max(0, Math.min(limit, top + 1)) }, (_, i) => top - i);
      const entries = await kept.read(numbers.filter((version) => version > 0));
      const summaries = entries.map(({ version, at, actor, comment }) => ({ version, at, actor, comment }));
      return numbers.includes(0) ? [...summaries, first] : summaries;
    },
    put: (entry, expected) => kept.put(entry, expected),
  };
}
