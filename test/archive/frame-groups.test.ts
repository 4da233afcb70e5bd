import { describe, expect, it } from 'vitest';
import { type DicomwebClient, type InstancePath, withFrameGroups } from '../../src/archive/index.js';
import { AppError, type Uid } from '../../src/core/index.js';

const path: InstancePath = { study: '1.2' as Uid, series: '1.3' as Uid, instance: '1.4' as Uid };

/** An archive that tells what it was asked for; each frame holds its number. */
function countingArchive({ bytes = 1000, group = (_first: number, _count: number): number => _count } = {}) {
  const asked: string[] = [];
  const frameOf = (n: number) => ({ bytes: new Uint8Array(bytes).fill(n), transferSyntaxUid: undefined });
  const dicomweb = {
    async frame(_path, n, form) {
      asked.push(`${n} ${form}`);
      return frameOf(n);
    },
    async framesFrom(_path, first, count) {
      asked.push(`${first}+${count}`);
      const given = group(first, count);
      if (given !== count) throw new AppError('ARCHIVE_BAD_ANSWER', 'fewer than asked for');
      return Array.from({ length: count }, (_, i) => frameOf(first + i));
    },
  } satisfies Pick<DicomwebClient, 'frame' | 'framesFrom'>;
  return { asked, dicomweb: dicomweb as unknown as DicomwebClient };
}

async function take(dicomweb: DicomwebClient, numbers: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (const n of numbers) found.push((await dicomweb.frame(path, n, 'as-stored')).bytes[0]!);
  return found;
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('frames that are asked for one after the other', () => {
  it('come in groups after the first, up to the last there is', async () => {
    const { asked, dicomweb } = countingArchive();
    expect(await take(withFrameGroups(dicomweb, path, 40), upTo(40))).toEqual(upTo(40));
    expect(asked).toEqual(['1 as-stored', '2+16', '18+16', '34+7']);
  });

  it('come in groups of 8 MB at most', async () => {
    const { asked, dicomweb } = countingArchive({ bytes: 3 * 1024 * 1024 });
    await take(withFrameGroups(dicomweb, path, 6), upTo(6));
    expect(asked).toEqual(['1 as-stored', '2+2', '4+2', '6 as-stored']);
    const large = countingArchive({ bytes: 9 * 1024 * 1024 });
    await take(withFrameGroups(large.dicomweb, path, 3), upTo(3));
    expect(large.asked).toEqual(['1 as-stored', '2 as-stored', '3 as-stored']);
  });

  it('may leave one out that was looked at before, and are asked for anew where they jump', async () => {
    const { asked, dicomweb } = countingArchive();
    const numbers = [20, ...upTo(4), 6, 7, 30, 31, 8];
    expect(await take(withFrameGroups(dicomweb, path, 31), numbers)).toEqual(numbers);
    expect(asked).toEqual([
      '20 as-stored',
      '1 as-stored',
      '2+16',
      '30 as-stored',
      '31 as-stored',
      '8 as-stored',
    ]);
  });

  it('come one by one where the archive gives no group, and it is not asked for another', async () => {
    const { asked, dicomweb } = countingArchive({ group: () => 1 });
    expect(await take(withFrameGroups(dicomweb, path, 4), upTo(4))).toEqual(upTo(4));
    expect(asked).toEqual(['1 as-stored', '2+3', '2 as-stored', '3 as-stored', '4 as-stored']);
  });

  it('do not hide that the archive is away', async () => {
    const { dicomweb } = countingArchive();
    const away = () => Promise.reject(new AppError('ARCHIVE_UNREACHABLE', 'away'));
    const reader = withFrameGroups({ ...dicomweb, framesFrom: away }, path, 4);
    await take(reader, [1]);
    await expect(take(reader, [2])).rejects.toMatchObject({ code: 'ARCHIVE_UNREACHABLE' });
  });

  it('are asked for singly when the archive is to decode them, or is one of which nothing is known', async () => {
    const { asked, dicomweb } = countingArchive();
    const reader = withFrameGroups(dicomweb, path, 3);
    for (const n of upTo(3)) await reader.frame(path, n, 'uncompressed');
    expect(asked).toEqual(['1 uncompressed', '2 uncompressed', '3 uncompressed']);
    const { frame } = dicomweb;
    const plain = { frame } as DicomwebClient;
    expect(withFrameGroups(plain, path, 3)).toBe(plain);
  });
});
