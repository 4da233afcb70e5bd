import { describe, expect, it } from 'vitest';
import { AppError, parseUid } from '../../src/core/index.js';
import type { DicomJson } from '../../src/dicom/index.js';
import {
  decodeWithArchiveFallback,
  type DicomwebClient,
  fetchWithArchiveFallback,
} from '../../src/archive/index.js';
import { openInstance } from '../../src/pipeline/open-instance.js';

const PATH = { study: parseUid('1.2'), series: parseUid('1.3'), instance: parseUid('1.4') };
const LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

const image = (values: Record<string, unknown> = {}): DicomJson => ({
  '00280002': { vr: 'US', Value: [3] },
  '00280004': { vr: 'CS', Value: [values.photometric ?? 'RGB'] },
  '00280010': { vr: 'US', Value: [2] },
  '00280011': { vr: 'US', Value: [4] },
  '00280100': { vr: 'US', Value: [8] },
  '00280008': { vr: 'IS', Value: [values.frames ?? 1] },
  ...(values.method ? { '00282114': { vr: 'CS', Value: [values.method] } } : {}),
  ...(values.uri ? { '7FE00010': { vr: 'OW', BulkDataURI: String(values.uri) } } : {}),
});

/** An archive that gives what is named and refuses the rest. */
function archive(given: {
  stored?: Uint8Array | AppError;
  uncompressed?: Uint8Array | AppError;
  bulk?: Uint8Array;
  /** Its answers do not name their transfer syntax. */
  unnamed?: boolean;
}) {
  const asked: string[] = [];
  const client = {
    frame: (_path: unknown, _frame: number, form: 'as-stored' | 'uncompressed') => {
      asked.push(form);
      const answer = form === 'as-stored' ? given.stored : given.uncompressed;
      if (answer instanceof Uint8Array)
        return Promise.resolve({
          bytes: answer,
          transferSyntaxUid: given.unnamed ? undefined : form === 'as-stored' ? '1.2.3' : LITTLE_ENDIAN,
        });
      return Promise.reject(answer ?? new AppError('ARCHIVE_REFUSED', 'answered 400'));
    },
    bulkData: () => {
      asked.push('bulk');
      return Promise.resolve(given.bulk!);
    },
  } as unknown as DicomwebClient;
  return { client, asked };
}

describe('a frame', () => {
  it('of a video is not even asked for', async () => {
    const { client, asked } = archive({});
    const video = image({ photometric: 'YBR_PARTIAL_420', method: 'ISO_14496_10' });
    await expect(openInstance(client, PATH, video)).rejects.toMatchObject({ code: 'SYNTAX_UNSUPPORTED' });
    expect(asked).toEqual([]);
  });

  it('taken from a video is fetched; refused in both forms it is a video after all', async () => {
    const still = image({ method: 'ISO_14496_10' });
    const giving = archive({ stored: new Uint8Array(24) });
    await expect(
      fetchWithArchiveFallback(giving.client, await openInstance(giving.client, PATH, still), 1),
    ).resolves.toMatchObject({ transferSyntaxUid: '1.2.3' });
    const refusing = archive({});
    await expect(
      fetchWithArchiveFallback(refusing.client, await openInstance(refusing.client, PATH, still), 1),
    ).rejects.toMatchObject({
      code: 'SYNTAX_UNSUPPORTED',
      message: 'MPEG video is not decoded by this service',
    });
  });

  it('of uncompressed YBR_FULL_422 is cut from the whole, which is fetched once', async () => {
    const whole = Uint8Array.from({ length: 32 }, (_, i) => i);
    const { client, asked } = archive({ bulk: whole });
    const source = await openInstance(
      client,
      PATH,
      image({ photometric: 'YBR_FULL_422', frames: 2, uri: '/b' }),
    );
    expect((await fetchWithArchiveFallback(client, source, 2)).bytes).toEqual(whole.subarray(16));
    expect((await fetchWithArchiveFallback(client, source, 1)).bytes).toEqual(whole.subarray(0, 16));
    expect(asked.filter((what) => what === 'bulk')).toHaveLength(1);
  });

  it('that the archive cannot be asked for is an error to try again', async () => {
    const away = new AppError('ARCHIVE_UNREACHABLE', 'away');
    const { client, asked } = archive({ stored: away });
    const source = await openInstance(client, PATH, image());
    await expect(fetchWithArchiveFallback(client, source, 1)).rejects.toBe(away);
    expect(asked).toEqual(['as-stored']);
  });
});

describe('a frame whose syntax is refused', () => {
  const refused = new AppError('SYNTAX_UNSUPPORTED', 'not decoded by this service');
  const decode = (frame: { transferSyntaxUid: string }) =>
    frame.transferSyntaxUid === LITTLE_ENDIAN ? Promise.resolve('decoded') : Promise.reject(refused);
  const decoded = async (given: Parameters<typeof archive>[0]) => {
    const { client } = archive({ stored: new Uint8Array(5), ...given });
    const source = await openInstance(client, PATH, image());
    return decodeWithArchiveFallback(
      client,
      source,
      1,
      await fetchWithArchiveFallback(client, source, 1),
      decode,
    );
  };

  it('is decoded by the archive', async () => {
    await expect(decoded({ uncompressed: new Uint8Array(24) })).resolves.toBe('decoded');
  });

  it('and that the archive does not decode either is unsupported: no retry', async () => {
    await expect(decoded({})).rejects.toBe(refused);
  });

  it('and an archive that is away is an error to try again', async () => {
    const away = new AppError('ARCHIVE_UNREACHABLE', 'away');
    await expect(decoded({ uncompressed: away })).rejects.toBe(away);
  });

  it('is named by its codestream when the archive sends it untouched as little endian', async () => {
    const htj2k = Uint8Array.from([0xff, 0x4f, 0xff, 0x51, 0, 0x2f, 0x40, 0]);
    const { client } = archive({ uncompressed: htj2k });
    const source = await openInstance(client, PATH, image());
    expect((await fetchWithArchiveFallback(client, source, 1)).transferSyntaxUid).toBe(
      '1.2.840.10008.1.2.4.201',
    );
  });
});

describe('a frame whose transfer syntax the archive does not name', () => {
  const syntaxOf = async (stored: Uint8Array) => {
    const { client } = archive({ stored, unnamed: true });
    const source = await openInstance(client, PATH, image());
    return (await fetchWithArchiveFallback(client, source, 1)).transferSyntaxUid;
  };
  const rle = Buffer.alloc(70);
  [3, 64, 66, 68].forEach((value, i) => rle.writeUInt32LE(value, 4 * i));

  it.each([
    ['JPEG', '1.2.840.10008.1.2.4.50', [0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xc0, 0, 2]],
    ['JPEG-LS', '1.2.840.10008.1.2.4.80', [0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xf7, 0, 2]],
    ['JPEG 2000', '1.2.840.10008.1.2.4.90', [0xff, 0x4f, 0xff, 0x51, 0, 0x2f, 0, 0]],
    ['HTJ2K', '1.2.840.10008.1.2.4.201', [0xff, 0x4f, 0xff, 0x51, 0, 0x2f, 0x40, 0]],
    ['a JP2 file', '1.2.840.10008.1.2.4.90', [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20]],
    ['RLE', '1.2.840.10008.1.2.5', [...rle]],
    ['anything else', LITTLE_ENDIAN, [1, 2, 3]],
  ])('is read by its first bytes: %s', async (_, syntax, bytes) => {
    expect(await syntaxOf(Uint8Array.from(bytes))).toBe(syntax);
  });

  it('is uncompressed when it has that length, however it begins', async () => {
    const native = new Uint8Array(24);
    native.set([0xff, 0xd8, 0xff, 0xe0]);
    expect(await syntaxOf(native)).toBe(LITTLE_ENDIAN);
  });
});

describe('a frame that the archive does not give', () => {
  it('of uncompressed pixels is cut from the whole, as where NumberOfFrames is 0', async () => {
    const whole = Uint8Array.from({ length: 24 }, (_, i) => i);
    const { client } = archive({ bulk: whole });
    const source = await openInstance(client, PATH, image({ frames: 0, uri: '/b' }));
    expect(source.frames).toBe(1);
    const frame = await fetchWithArchiveFallback(client, source, 1);
    expect(frame).toMatchObject({ bytes: whole, transferSyntaxUid: LITTLE_ENDIAN });
  });
});
