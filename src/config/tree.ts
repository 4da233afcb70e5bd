/** Values of settings by section and key, before they are checked. */
export type Tree = Record<string, Record<string, unknown>>;
