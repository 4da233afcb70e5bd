import { api, type StudyDescription } from '../../api/index.js';
import { useResource } from '../../resource.js';

/**
 * What the studies of a page are, by one question to the archive. The list does not wait for it, and stands without it
 * where the archive is away.
 */
export function useDescriptions(uids: readonly string[]): {
  readonly known: ReadonlyMap<string, StudyDescription>;
  /** Asked, and not yet answered. */
  readonly loading: boolean;
} {
  const key = uids.join(',');
  const { data, loading } = useResource(
    async (signal) =>
      key === '' ? { key, items: [] } : { key, items: (await api.describe(uids, signal)).items },
    [key],
  );
  const items = data?.items ?? [];
  return {
    known: new Map(items.map((one) => [one.studyInstanceUid, one])),
    loading: loading && data?.key !== key,
  };
}
