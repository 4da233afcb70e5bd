import type { Check } from '../check.js';
import { fail, ok, skipped, type Verdict, warn } from '../finding.js';
import { settingName } from '../setting-name.js';
import { tagTest } from '../probes/tag-test.js';
import { writeTest } from '../probes/write-test.js';
import type { DoctorContext } from '../context.js';
import { withOrthanc } from './need.js';

/** Whether studies can be tagged the way the settings want: one of the doctor's own is. */
export const tagging: Check = {
  id: 'archive.tag',
  title: 'Studies can be tagged as archive.tag says',
  deadlineMs: 30_000,
  async run(context) {
    const { tag, orthancUrl } = context.settings.archive;
    if (tag === 'off') return ok('Studies are not tagged (archive.tag is off)');
    if (orthancUrl === '') {
      if (tag === 'auto') return skipped('Only an Orthanc takes tags, and archive.orthancUrl is empty');
      return fail(
        `archive.tag is ${tag}, but archive.orthancUrl is empty`,
        "Set it to Orthanc's REST root, or archive.tag to off.",
        settingName('archive.orthancUrl'),
      );
    }
    return withOrthanc(context, ({ labels, version }) => {
      if (tag === 'labels' && !labels) {
        return fail(
          `archive.tag is labels, but Orthanc ${version} keeps none: studies are not tagged`,
          'Set it to auto (or metadata), or upgrade to Orthanc 1.12.0 or later with a database that keeps labels.',
          settingName('archive.tag'),
        );
      }
      return tryTag(context, labels && tag !== 'metadata' ? 'labels' : 'metadata');
    });
  },
};

async function tryTag(context: DoctorContext, form: 'labels' | 'metadata'): Promise<Verdict> {
  const { archive, mayWrite } = context;
  const kept = form === 'labels' ? 'Studies get labels' : 'Studies get user-defined metadata';
  if (!mayWrite || !archive.orthanc) return ok(kept);
  let problem: Awaited<ReturnType<typeof tagTest>>;
  let wasTried = false;
  const { orthanc } = archive;
  await writeTest(context, async () => {
    problem = await tagTest(context, orthanc, form);
    wasTried = true;
  });
  if (!wasTried) return skipped('Nothing can be stored to be tagged; see archive.writable');
  if (problem === undefined) return ok(`${kept}; one was tagged for a test`);
  return warn(
    `Orthanc does not take ${form}: ${problem.message}. Results are stored, studies stay without a tag`,
    `Let the user of the settings change ${form} below /studies/{id}/${form} (a proxy, or "Authorization" of ` +
      'orthanc.json, may keep it away), or set archive.tag to off.',
    settingName('archive.tag'),
  );
}

/** Whether the number of our metadata is free. */
export const metadataKey: Check = {
  id: 'archive.metadata-key',
  title: 'The number of our metadata is free',
  run: (context) =>
    withOrthanc(context, ({ labels, userMetadata }) => {
      const { tag, metadataKey: key } = context.settings.archive;
      if (tag === 'off' || tag === 'labels' || (tag === 'auto' && labels))
        return skipped('Metadata is not used');
      const register = `In orthanc.json "UserMetadata": {"esp-medsam": ${key}} gives it a name.`;
      if (userMetadata === undefined)
        return ok(`Number ${key}; this version of Orthanc does not tell which have names`, register);
      const [name] = Object.entries(userMetadata).find(([, number]) => number === key) ?? [];
      if (name === undefined) return ok(`Number ${key} has no name in Orthanc`, register);
      if (/^esp/i.test(name)) return ok(`Number ${key} is registered as ${name}`);
      return warn(
        `Number ${key} is registered in Orthanc under a name that is not ours: another program may write there`,
        'Take a number between 1024 and 65535 that "UserMetadata" of orthanc.json does not have.',
        settingName('archive.metadataKey'),
      );
    }),
};
