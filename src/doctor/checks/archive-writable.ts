import { randomUUID } from 'node:crypto';
import type { Check } from '../check.js';
import { deriveUid, WRITE_TEST_STUDY } from '../../core/index.js';
import { stringOf, TAG } from '../../dicom/index.js';
import { fail, ok, skipped, warn } from '../finding.js';
import { canDelete } from '../probes/delete-objects.js';
import { WRITE_TEST_MARK, writeTest } from '../probes/write-test.js';
import { withArchive } from './need.js';

/** Whether results can be stored and read back: a tiny object goes there and away again. */
export const archiveWritable: Check = {
  id: 'archive.writable',
  title: 'Objects can be stored, read back and removed',
  deadlineMs: 30_000,
  run: (context) =>
    withArchive(context, async () => {
      if (!context.mayWrite)
        return skipped('Not asked for', 'The self-test stores a whole study and its result.');
      if (!(await canDelete(context, deriveUid('doctor', randomUUID())))) {
        return skipped(
          'The archive offers no way to delete, so nothing is stored for a test',
          'Run the self-test once; its study stays.',
        );
      }
      const { refused, metadata, removed } = await writeTest(context);
      if (refused.length > 0) {
        return fail(
          `STOW-RS refused the object: ${refused.join(', ')}`,
          'See the archive\'s log. Orthanc: "ReadOnly", a full disk, or a filter (ReceivedInstanceFilter) keep objects away.',
          "the archive's rights and storage",
        );
      }
      if (!metadata) {
        return fail(
          'STOW-RS accepted the object, but WADO-RS does not return it',
          "See the archive's log: it may filter or route what it gets.",
          "the archive's storage",
        );
      }
      if (stringOf(metadata, TAG.SoftwareVersions) !== WRITE_TEST_MARK) {
        return fail(
          'Metadata comes back incomplete: routing and the SEG need all of it',
          'Set "StudiesMetadata" and "SeriesMetadata" to "Full" in the section "DicomWeb".',
          '"SeriesMetadata" in orthanc.json',
        );
      }
      if (!removed) {
        return warn(
          'Stored and read back, but the archive did not delete it',
          `Delete the study ${WRITE_TEST_STUDY} by hand; it is never processed. Let the user of the settings delete.`,
          "the user's rights in the archive",
        );
      }
      return ok('Stored, read back complete, and removed');
    }),
};
