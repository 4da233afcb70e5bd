import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** An Orthanc on this machine. */
export interface OrthancInstallation {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Its DICOMweb plugin. */
  readonly plugin: string;
}

/** Where Debian's and Ubuntu's orthanc-dicomweb put the plugin. */
const PLUGIN = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';
const FOLDER = fileURLToPath(new URL('../../vendor/orthanc-1.12', import.meta.url));

/**
 * The system's Orthanc, or with `ORTHANC=1.12` in the environment that of Debian 13 in `vendor/orthanc-1.12`, which
 * `scripts/set-up orthanc-1.12` puts there: run with the libraries of its own folder, so that it needs no root.
 * @throws Error naming what is missing
 */
export function orthancInstallation(wanted = process.env.ORTHANC ?? ''): OrthancInstallation {
  if (wanted === '') {
    if (existsSync(PLUGIN)) return { command: 'Orthanc', args: [], plugin: PLUGIN };
    throw new Error(
      `Orthanc's DICOMweb plugin is not at ${PLUGIN}: apt-get install orthanc orthanc-dicomweb`,
    );
  }
  if (wanted !== '1.12')
    throw new Error(`ORTHANC=${wanted}: only 1.12 is known; leave it out for the system's`);
  const libraries = `${FOLDER}/usr/lib`;
  const triplet = existsSync(libraries) && readdirSync(libraries).find((name) => name.endsWith('-linux-gnu'));
  const loader =
    triplet && readdirSync(`${libraries}/${triplet}`).find((name) => /^ld-linux.*\.so\.\d$/.test(name));
  if (!triplet || !loader) throw new Error(`Orthanc 1.12 is not in ${FOLDER}: scripts/set-up orthanc-1.12`);
  return {
    command: `${libraries}/${triplet}/${loader}`,
    args: ['--library-path', `${libraries}/${triplet}`, `${FOLDER}/usr/sbin/Orthanc`],
    env: { ...process.env, DCMDICTPATH: `${FOLDER}/usr/share/dcmtk/dicom.dic` },
    plugin: `${FOLDER}${PLUGIN}`,
  };
}
