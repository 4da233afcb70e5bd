import { describe, expect, it } from 'vitest';
import { openDicomwebClient } from '../../src/archive/dicomweb-client.js';
import type { ArchiveHttp } from '../../src/archive/http.js';

const RESOURCE = '/studies/1.2/series/1.3/instances/1.4/bulk/00281201';

/** The address that bulk data are really asked for at. */
async function askedFor(uri: string, root: string): Promise<string> {
  let asked = '';
  const http = {
    send: (url: string) => {
      asked = url;
      return Promise.resolve({ status: 200, contentType: 'application/octet-stream', body: Buffer.alloc(1) });
    },
  } as unknown as ArchiveHttp;
  await openDicomwebClient(http, root, { ordersFrames: false }).bulkData(uri);
  return asked;
}

describe('a bulk data URI', () => {
  it.each([
    ['of the archive itself', `http://archive:8042/dicom-web${RESOURCE}`, 'http://archive:8042/dicom-web'],
    ['relative to it', `.${RESOURCE}`, 'http://archive:8042/dicom-web'],
    [
      'without the prefix of a proxy',
      `http://inside:8042/dicom-web${RESOURCE}`,
      'https://pacs/orthanc/dicom-web',
    ],
    [
      'with a prefix of its own',
      `https://pacs/orthanc/dicom-web${RESOURCE}`,
      'http://archive:8042/dicom-web',
    ],
    ['of another name of the host', `http://elsewhere/wado${RESOURCE}`, 'http://archive:8042/dicom-web'],
  ])('%s leads to what follows /studies/ below the configured root', async (_, uri, root) => {
    expect(await askedFor(uri, root)).toBe(`${root}${RESOURCE}`);
  });

  it.each([
    'http://archive:8042/instances/1/file',
    'http://archive:8042/studies/../../system',
    'http://archive:8042/wado/studies/not-a-uid/bulk',
    'http://archive:8042/x/studies/1.2/../../system',
  ])('that names no resource of a study is refused: %s', async (uri) => {
    await expect(askedFor(uri, 'http://archive:8042/dicom-web')).rejects.toMatchObject({
      code: 'ARCHIVE_BAD_ANSWER',
    });
  });
});
