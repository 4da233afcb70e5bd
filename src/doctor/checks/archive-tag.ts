import type { Check } from '../check.js';
import { fail, ok, skipped, warn } from '../finding.js';
import { settingName } from '../setting-name.js';
import { withOrthanc } from './need.js';

/** Whether studies can be tagged the way the settings want. */
export const tagging: Check = {
  id: 'archive.tag',
  title: 'Studies can be tagged as archive.tag says',
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
          `archive.tag is labels, but Orthanc ${version} keeps none: studies fail when they are tagged`,
          'Set it to auto (or metadata), or upgrade to Orthanc 1.12.0 or later with a database that keeps labels.',
          settingName('archive.tag'),
        );
      }
      return ok(labels && tag !== 'metadata' ? 'Studies get labels' : 'Studies get user-defined metadata');
    });
  },
};

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
