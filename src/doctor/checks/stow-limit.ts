import type { Check } from '../check.js';
import { fail, ok, warn } from '../finding.js';
import { reasonOf } from '../probes/archive-request.js';
import { requestHead } from '../probes/request-head.js';
import { settingName } from '../setting-name.js';
import { withArchive } from './need.js';

/**
 * Bytes of a STOW request that every archive should take: a multi-frame study. Not more, because Orthanc sets as much
 * memory aside before it reads.
 */
const WANTED = 64 * 1024 * 1024;

/** Whether a large STOW request would be refused for its size. Only its head is sent, no data. */
export const stowLimit: Check = {
  id: 'archive.stow-limit',
  title: 'Large objects can be stored',
  run: (context) =>
    withArchive(context, async () => {
      const { settings, archive } = context;
      const url = `${settings.archive.dicomwebUrl}/studies`;
      const head = {
        ...(await archive.http.headers()),
        accept: 'application/dicom+json',
        'content-type': 'multipart/related; type="application/dicom"; boundary=esp-doctor',
        'content-length': String(WANTED),
        expect: '100-continue',
      };
      const status = await requestHead(url, head, archive.http.tls()).catch((error: unknown) =>
        reasonOf(error),
      );
      if (status === 413) {
        return fail(
          `A STOW request of ${WANTED / 1024 / 1024} MiB is refused because of its size (413)`,
          `Raise the limit of the proxy in front of the archive: client_max_body_size 0; in nginx, LimitRequestBody 0 in Apache.`,
          'client_max_body_size of the proxy',
        );
      }
      // 100: go on. Without an answer the archive waits for the data, as those do that do not know Expect.
      if (status === 100 || status === 'silent') return ok(`${WANTED / 1024 / 1024} MiB are not refused`);
      return warn(
        `The archive answers ${status} to the head of a large STOW request`,
        "See the archive's log, and run the self-test.",
        settingName('archive.dicomwebUrl'),
      );
    }),
};
