import { beforeEach, describe, expect, it } from 'vitest';
import { previewStudy } from '../../src/admin/studies/preview/preview-study.js';
import { decodePng, encodePng, type Picture } from '../../src/objects/index.js';
import type { AdminDependencies } from '../../src/admin/index.js';
import { AppError } from '../../src/core/index.js';
import type { DicomJson } from '../../src/dicom/index.js';

const SIZE = 16;
const FRAMES = 3;
const SOURCE = '1.2.3.5';
const SEG = '1.2.3.7';
const LINE = [0, 229, 255];

const value = (...Value: unknown[]) => ({ Value });
const header = (frames: number): DicomJson => ({
  '00280010': value(SIZE),
  '00280011': value(SIZE),
  '00280008': value(frames),
});
const seg: DicomJson = {
  ...header(FRAMES),
  '00280100': value(8),
  '7FE00010': { BulkDataURI: 'http://archive/bulk' },
  '52009230': value(
    ...Array.from({ length: FRAMES }, (_, at) => ({
      '00089124': value({ '00082112': value({ '00081155': value(SOURCE), '00081160': value(at + 1) }) }),
    })),
  ),
};

/** Frame n has its mask at row 4 n, four pixels high. */
const pixels = new Uint8Array(FRAMES * SIZE * SIZE);
for (let frame = 0; frame < FRAMES; frame += 1) {
  const from = frame * SIZE * SIZE + 4 * frame * SIZE;
  pixels.fill(1, from, from + 4 * SIZE);
}

let asked: string[];
let failures: number;
let isInArchive: boolean;
let preview: ReturnType<typeof previewStudy>;

beforeEach(() => {
  asked = [];
  failures = 0;
  isInArchive = true;
  const record = {
    units: [
      {
        sourceSeriesUid: '1.2.3.4',
        sourceInstanceUids: [SOURCE],
        segSeriesUid: '1.2.3.6',
        segInstanceUid: SEG,
      },
    ],
  };
  const ledger = { record: async () => record, requireRecord: async () => record };
  const dicomweb = {
    async instanceMetadata({ instance }: { instance: string }) {
      asked.push(`metadata ${instance}`);
      if (instance === SOURCE) return header(FRAMES);
      return isInArchive ? seg : undefined;
    },
    rendered: async () =>
      encodePng({ width: SIZE, height: SIZE, data: new Uint8Array(4 * SIZE * SIZE).fill(255) }),
    async bulkData() {
      asked.push('pixels');
      await new Promise((resolve) => setTimeout(resolve, 5));
      if ((failures -= 1) >= 0) throw new AppError('ARCHIVE_UNREACHABLE', 'The archive does not answer');
      return pixels;
    },
  };
  preview = previewStudy({ store: { ledger }, archive: { dicomweb } } as unknown as AdminDependencies);
});

async function show(frame: number): Promise<Picture> {
  const query = { unit: 0, frame, width: 480, overlay: 'outline' };
  const { body } = await preview.handle({ params: { uid: '1.2.3' }, query } as never);
  return decodePng(body as Uint8Array);
}

/** Rows of the picture's middle that have the outline's colour. */
const marked = ({ data }: Picture) =>
  Array.from({ length: SIZE }, (_, y) => y).filter((y) =>
    LINE.every((sample, at) => data[4 * (y * SIZE + SIZE / 2) + at] === sample),
  );
const fetches = () => asked.filter((name) => name === 'pixels').length;

describe('going through the frames of a study', () => {
  it('reads its SEG once, and shows the mask of each frame', async () => {
    expect(marked(await show(1))).toEqual([2, 3]);
    expect(marked(await show(2))).toEqual([4, 5, 6, 7]);
    expect(marked(await show(3))).toEqual([8, 9, 10, 11]);
    expect(marked(await show(1))).toEqual([2, 3]);
    expect(fetches()).toBe(1);
    expect(asked.filter((name) => name === `metadata ${SEG}`)).toHaveLength(1);
  });

  it('reads it once also when the frames are asked for at the same time', async () => {
    const pictures = await Promise.all([1, 2, 3].map(show));
    expect(pictures.map((picture) => marked(picture)[0])).toEqual([2, 4, 8]);
    expect(fetches()).toBe(1);
  });

  it('tries again what could not be read', async () => {
    failures = 1;
    await expect(show(2)).rejects.toMatchObject({ code: 'ARCHIVE_UNREACHABLE' });
    expect(marked(await show(2))).toEqual([4, 5, 6, 7]);
    expect(fetches()).toBe(2);
  });

  it('looks again for a SEG that was not there', async () => {
    isInArchive = false;
    expect(marked(await show(2))).toEqual([]);
    isInArchive = true;
    expect(marked(await show(2))).toEqual([4, 5, 6, 7]);
  });
});
