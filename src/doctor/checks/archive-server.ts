import type { Check } from '../check.js';
import { fail, ok, skipped, warn } from '../finding.js';
import { archiveRequest } from '../probes/archive-request.js';
import { settingName } from '../setting-name.js';
import { withOrthanc } from './need.js';

/** The first Orthanc without known vulnerabilities of what we use. */
const SAFE_VERSION = '1.12.11';

/** Whether this Orthanc has published vulnerabilities. */
export const archiveVersion: Check = {
  id: 'archive.version',
  title: 'Orthanc has no published vulnerabilities',
  run: (context) =>
    withOrthanc(context, ({ version }) => {
      if (version === 'mainline') return ok('Orthanc is a build of its mainline');
      if (!olderThan(version, SAFE_VERSION)) return ok(`Orthanc ${version}`);
      return warn(
        `Orthanc ${version}: versions before ${SAFE_VERSION} have published vulnerabilities (CVE)`,
        `Upgrade to ${SAFE_VERSION} or later (image orthancteam/orthanc), and let nobody but this machine reach it.`,
        'the version of Orthanc',
      );
    }),
};

/** Compares dotted versions by number. */
export function olderThan(version: string, than: string): boolean {
  const parts = (text: string) => text.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0);
  const [left, right] = [parts(version), parts(than)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Whether Orthanc asks for a password when it can be reached from elsewhere. */
export const archiveSecure: Check = {
  id: 'archive.secure',
  title: 'Orthanc is not open to everybody',
  run: (context) =>
    withOrthanc(context, ({ secure }) => {
      if (secure === undefined) return skipped('This version of Orthanc does not tell');
      if (secure) return ok('It asks for a user, or is reached from its own machine only');
      return warn(
        'Orthanc accepts everybody from everywhere',
        'Set "AuthenticationEnabled": true and "RegisteredUsers", then archive.username and archive.password here.',
        '"AuthenticationEnabled" in orthanc.json',
      );
    }),
};

/** Whether Orthanc keeps what it has. */
export const archiveKeeps: Check = {
  id: 'archive.keeps',
  title: 'Orthanc keeps its studies',
  run: (context) =>
    withOrthanc(context, ({ readOnly, recycles }) => {
      if (readOnly) {
        return fail(
          'Orthanc is read-only',
          'Set "ReadOnly": false: results must be stored.',
          '"ReadOnly" in orthanc.json',
        );
      }
      if (recycles === undefined) return skipped('This version of Orthanc does not tell');
      if (!recycles) return ok('It does not throw studies away when it is full');
      return warn(
        'When it is full Orthanc throws its oldest patients away, results included',
        'Set "MaximumStorageMode": "Reject", or "MaximumStorageSize" and "MaximumPatientCount" to 0, where studies must stay.',
        '"MaximumStorageMode" in orthanc.json',
      );
    }),
};

/** Whether arrivals are noticed by the change feed. */
export const changeFeed: Check = {
  id: 'archive.changes',
  title: 'The change feed can be followed',
  run: (context) =>
    withOrthanc(context, async () => {
      const { settings, archive } = context;
      if (!settings.intake.changes) {
        return warn(
          'intake.changes is off: arrivals are noticed by the hook, by what passes through us, and by the reconcile pass',
          'Set it to true unless the hook of config/orthanc/stable-study.lua is installed.',
          settingName('intake.changes'),
        );
      }
      const answer = await archiveRequest(archive.http, `${settings.archive.orthancUrl}/changes?last`);
      const { Last: last } = (answer.json ?? {}) as { Last?: unknown };
      if (typeof last === 'number')
        return ok(`It is read every ${settings.intake.changesIntervalSeconds} s; last change ${last}`);
      return fail(
        `/changes answers ${answer.status}`,
        'Let the user of the settings read /changes; a proxy or a script of authorisation may keep it away.',
        '"Authorization" of orthanc.json, or the proxy in front',
      );
    }),
};

/** What the archive can decode for us and for previews. */
export const transcoding: Check = {
  id: 'archive.transcoding',
  title: 'Orthanc can transcode',
  run: (context) =>
    withOrthanc(context, ({ plugins, version }) => {
      if (plugins.includes('gdcm')) return ok('GDCM transcodes, JPEG 2000 included');
      return ok(
        `Orthanc ${version} transcodes with what is built in: JPEG, JPEG-LS, RLE, not JPEG 2000. Workers decode that themselves`,
        'For previews of JPEG 2000 studies load the GDCM plugin (Debian: orthanc-gdcm; image orthancteam/orthanc: GDCM_PLUGIN_ENABLED=true).',
      );
    }),
};
