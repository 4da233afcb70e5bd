import type { Check } from '../check.js';
import type { DoctorContext } from '../context.js';
import { fail, ok, skipped, warn } from '../finding.js';
import { answersQido } from '../probes/probe-archive.js';
import { probeOrthanc } from '../probes/probe-orthanc.js';
import { settingName, shownUrl } from '../setting-name.js';

/** Whether something answers at archive.dicomwebUrl. */
export const archiveReachable: Check = {
  id: 'archive.reachable',
  title: 'The archive answers',
  async run({ settings, probes }) {
    const url = shownUrl(settings.archive.dicomwebUrl);
    const probe = await probes.archive();
    if (probe.kind === 'no-login') return skipped('We have no log-in to ask with; see archive.credentials');
    if (probe.kind !== 'unreachable') return ok(`${url} answers`);
    if (probe.certificate) {
      return fail(
        `${url}: ${probe.reason}`,
        "Name the authority of the archive's certificate in archive.caFile (PEM), and where the archive wants a certificate of us, ours in archive.certFile and archive.keyFile.",
        `${settingName('archive.caFile')}, ${settingName('archive.certFile')}`,
      );
    }
    return fail(
      `${url}: ${probe.reason}`,
      'Start the archive, or correct the address. Between containers it is the name of the service, not localhost.',
      settingName('archive.dicomwebUrl'),
    );
  },
};

/** Whether archive.dicomwebUrl is the root of DICOMweb, and which one is. */
export const dicomwebRoot: Check = {
  id: 'archive.dicomweb',
  title: 'archive.dicomwebUrl is the root of DICOMweb',
  async run(context) {
    const url = context.settings.archive.dicomwebUrl;
    const probe = await context.probes.archive();
    if (probe.kind === 'dicomweb') return ok(`${shownUrl(url)}/studies answers QIDO-RS`);
    if (probe.kind !== 'not-dicomweb') return skipped('The archive does not answer or does not let us in');
    const found = `${shownUrl(url)}/studies answers ${probe.status}, but not as QIDO-RS`;
    return fail(found, await rightRoot(context), settingName('archive.dicomwebUrl'));
  },
};

/** Where DICOMweb is, as far as it can be found out. */
async function rightRoot({ settings, archive, machine, probes }: DoctorContext): Promise<string> {
  const { origin, pathname } = new URL(settings.archive.dicomwebUrl);
  const guesses = [
    ...new Set([settings.archive.orthancUrl, `${origin}${pathname}`.replace(/\/+$/, ''), origin]),
  ];
  for (const root of guesses.filter(Boolean)) {
    const orthanc =
      root === settings.archive.orthancUrl
        ? await probes.orthanc()
        : await probeOrthanc(archive.http, root, machine);
    if (orthanc.kind !== 'orthanc') continue;
    if (orthanc.dicomwebPath)
      return `Set it to ${shownUrl(root)}${orthanc.dicomwebPath}: there the Orthanc serves DICOMweb.`;
    if (!orthanc.plugins.includes('dicom-web')) {
      return (
        'This Orthanc has no DICOMweb plugin. Install it (Debian: orthanc-dicomweb; image orthancteam/orthanc: ' +
        'DICOM_WEB_PLUGIN_ENABLED=true) and set "DicomWeb": {"Enable": true} in orthanc.json.'
      );
    }
  }
  for (const path of ['/dicom-web', '/dicomweb', '/rs', '/wado-rs']) {
    if (await answersQido(archive.http, `${origin}${path}`))
      return `Set it to ${origin}${path}: that answers QIDO-RS.`;
  }
  return "Set it to the root below which /studies answers QIDO-RS; see the archive's own description of DICOMweb.";
}

/** Whether archive.orthancUrl is Orthanc's own REST API. */
export const orthancRoot: Check = {
  id: 'archive.orthanc',
  title: "archive.orthancUrl is Orthanc's REST API",
  async run(context) {
    const { settings, archive, machine } = context;
    const name = settingName('archive.orthancUrl');
    const url = settings.archive.orthancUrl;
    const orthanc = await context.probes.orthanc();
    switch (orthanc.kind) {
      case 'orthanc':
        return ok(`${shownUrl(url)} is Orthanc ${orthanc.version}`);
      case 'denied':
      case 'no-login':
        return skipped('Orthanc does not let us in; see archive.credentials');
      case 'unreachable':
        return fail(
          `${shownUrl(url)}: ${orthanc.reason}`,
          'Correct the address, or leave it empty for another archive.',
          name,
        );
      case 'not-orthanc': {
        const { origin } = new URL(url);
        const there = await probeOrthanc(archive.http, origin, machine);
        const advice =
          there.kind === 'orthanc'
            ? `Set it to ${origin}: there Orthanc answers. It is the root without the path of DICOMweb.`
            : 'Set it to the root below which /system answers, or leave it empty for an archive that is not Orthanc.';
        return fail(`${shownUrl(url)}/system answers ${orthanc.status}, but not as Orthanc`, advice, name);
      }
      case 'none':
        return emptyOrthancUrl(context, name);
    }
  },
};

/** Without the setting an Orthanc works, but slower: it is only noticed by the reconcile pass and by what passes through us. */
async function emptyOrthancUrl({ settings, archive, machine }: DoctorContext, name: string) {
  const { origin } = new URL(settings.archive.dicomwebUrl);
  const there = await probeOrthanc(archive.http, origin, machine);
  if (there.kind !== 'orthanc') return skipped('archive.orthancUrl is empty, and the archive is no Orthanc');
  return warn(
    `The archive is Orthanc ${there.version}, but archive.orthancUrl is empty: its change feed is not followed`,
    `Set it to ${origin}. Studies are then noticed within seconds, and tagged with their modality.`,
    name,
  );
}
