/**
 * The stages of a run, in its order. `fetch`: listing, metadata and frames · `route`: the decision apart from what it
 * fetches and infers · `decode`, `infer`: in the engine · `seg`: building and checking the object · `store`: sending it
 * · `verify`: reading it back · `tag`.
 */
export const STAGES = ['fetch', 'route', 'decode', 'infer', 'seg', 'store', 'verify', 'tag'] as const;
export type Stage = (typeof STAGES)[number];
