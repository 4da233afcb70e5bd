import { describe, expect, it } from 'vitest';
import type { OrthancClient } from '../../../src/archive/index.js';
import { openVisibleStudies } from '../../../src/dicomweb/passthrough/visible-studies.js';

/** A played Orthanc, with labels or of the time before them. */
function orthanc(labels: boolean): OrthancClient {
  const studies: Record<string, string[]> = {
    '1.2': ['teaching'],
    '1.3': ['teaching', 'trial'],
    '1.4': ['trial'],
  };
  return {
    system: async () => ({ version: labels ? '1.12.11' : '1.10.1', labels }),
    // Without labels it does what Orthanc 1.10 does: the condition is unknown to it.
    studiesWithLabels: async (wanted: readonly string[]) =>
      Object.keys(studies).filter((uid) => !labels || studies[uid]!.some((label) => wanted.includes(label))),
  } as unknown as OrthancClient;
}

describe('the studies that a restricted caller may see', () => {
  it('are those that are named, and those that have one of the labels', async () => {
    const visibleTo = openVisibleStudies(orthanc(true));
    expect([...(await visibleTo({ labels: [], studies: ['1.9'] }))]).toEqual(['1.9']);
    expect([...(await visibleTo({ labels: ['teaching'], studies: ['1.9'] }))]).toEqual(['1.9', '1.2', '1.3']);
    expect([...(await visibleTo({ labels: ['teaching', 'trial'], studies: [] }))]).toEqual([
      '1.2',
      '1.3',
      '1.4',
    ]);
    expect([...(await visibleTo({ labels: ['nothing-has-this'], studies: [] }))]).toEqual([]);
  });

  it('are none, with an error, where the archive knows no labels: it would name every study', async () => {
    const restriction = { labels: ['teaching'], studies: ['1.9'] };
    await expect(openVisibleStudies(orthanc(false))(restriction)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
    await expect(openVisibleStudies(undefined)(restriction)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });
});
