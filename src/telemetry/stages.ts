/**
 * The stages of a run, in its order; those of one display unit overlap with those of the next, so that their sum may be
 * more than the run took. `fetch`: listing, metadata and frames · `route`: the decision apart from what it fetches and
 * asks of the engine · `decode`, `infer`: in the engine · `seg`: building and checking the object · `store`: sending it ·
 * `verify`: reading it back · `tag`.
 */
export const STAGES = ['fetch', 'route', 'decode', 'infer', 'seg', 'store', 'verify', 'tag'] as const;
export type Stage = (typeof STAGES)[number];
