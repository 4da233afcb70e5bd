import type { Tree } from './tree.js';

/** A setting that has another name now; the old one is still read. */
export interface OldName {
  readonly section: string;
  readonly old: string;
  readonly now: string;
}

/** Old names are read for one version after the one that renamed them. */
export const OLD_NAMES: readonly OldName[] = [
  { section: 'intake', old: 'sweepIntervalSeconds', now: 'reconcileIntervalSeconds' },
];

/** Values under their names of today. Where both names are given, the one of today wins. */
export function withNamesOfToday(tree: Tree): Tree {
  const result: Tree = { ...tree };
  for (const { section, old, now } of OLD_NAMES) {
    const values = result[section];
    if (values === undefined || values === null || !(old in values)) continue;
    const { [old]: value, ...others } = values;
    result[section] = now in others ? others : { ...others, [now]: value };
  }
  return result;
}

/** The old names that a tree uses. */
export function oldNamesIn(tree: Tree): OldName[] {
  return OLD_NAMES.filter(({ section, old }) => tree[section] != null && old in tree[section]);
}
