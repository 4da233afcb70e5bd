import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../check.js';
import { fail, ok, skipped, warn } from '../finding.js';
import { archiveRequest } from '../probes/archive-request.js';
import { settingName } from '../setting-name.js';
import { askGateway, gatewayUrl } from './gateway.js';
import { withOrthanc } from './need.js';

/** Whether OHIF's files are where the gateway looks. */
export const viewerFiles: Check = {
  id: 'viewer.files',
  title: 'The viewer is installed',
  async run({ settings }) {
    const { dir } = settings.viewer;
    const page = await readFile(join(dir, 'index.html'), 'utf8').catch(() => undefined);
    const advice = "Run scripts/install-viewer, or name the folder with OHIF's prebuilt files.";
    if (page === undefined) {
      // Studies are processed without it; only looking at them here fails.
      return warn(
        `${dir} has no index.html: /viewer/ shows how to install it`,
        advice,
        settingName('viewer.dir'),
      );
    }
    const scripts = [...page.matchAll(/<script[^>]+src="\/?([\w./-]+\.js)"/g)]
      .map(([, name]) => name!)
      .filter((name) => !/^(app-config|init-service-worker)\.js$/.test(name));
    const missing: string[] = [];
    for (const name of scripts) if (!(await stat(join(dir, name)).catch(() => undefined))) missing.push(name);
    if (missing.length === 0) return ok(`OHIF is in ${dir}`);
    return warn(
      `${dir} lacks ${missing.join(', ')}, which index.html loads`,
      advice,
      settingName('viewer.dir'),
    );
  },
};

/** Whether the viewer's data source is the archive through the gateway. */
export const viewerRoots: Check = {
  id: 'viewer.roots',
  title: "The viewer's DICOMweb roots answer",
  async run({ settings }) {
    const base = gatewayUrl(settings);
    if (base === undefined) return skipped('gateway.port is 0: the port is chosen at start');
    // Where people must sign in, the doctor does so with the token that may do least.
    const token = settings.admin.viewerToken || settings.admin.operatorToken || settings.admin.token;
    const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` };
    const get = (path: string) => askGateway(`${base}${path}`, settings.gateway, headers);
    const config = await get('/viewer/app-config.js').then(
      ({ text }) => text,
      () => undefined,
    );
    if (config === undefined) return skipped('The gateway does not run here; see gateway.ready');
    const roots = [
      ...new Set(
        [...config.matchAll(/"?(?:wadoUriRoot|qidoRoot|wadoRoot)"?\s*:\s*["']([^"']+)/g)].map(
          ([, root]) => root!,
        ),
      ),
    ];
    if (roots.length === 0)
      return warn('app-config.js names no DICOMweb root', 'Install this version again.', '');
    for (const root of roots) {
      const { status } = await get(`${root}/studies?limit=1`);
      if (status < 200 || status >= 300) {
        return fail(
          `The viewer asks ${root}/studies, which answers ${status}`,
          'The findings on the archive say why.',
          settingName('archive.dicomwebUrl'),
        );
      }
    }
    return ok(`The viewer reads ${roots.join(', ')} of the gateway, and that answers`);
  },
};

/** Whether Orthanc's own OHIF, where there is one, can show a SEG. */
export const orthancViewer: Check = {
  id: 'viewer.orthanc-ohif',
  title: "Orthanc's own OHIF shows SEG objects",
  run: (context) =>
    withOrthanc(context, async ({ plugins }) => {
      if (!plugins.includes('ohif')) return skipped('Orthanc has no OHIF plugin');
      const url = `${context.settings.archive.orthancUrl}/ohif/app-config.js`;
      const { status, text } = await archiveRequest(context.archive.http, url);
      if (status !== 200) return skipped(`Its app-config.js answers ${status}`);
      // The plugin writes both sources behind a condition that its setting decides.
      if (!/if \(false\)/.test(text)) return ok('Its data source is DICOMweb');
      return warn(
        "Orthanc's OHIF reads studies as dicom-json: segmentations stay hidden there",
        'Set "OHIF": {"DataSource": "dicom-web"} in orthanc.json, or use the viewer of the gateway.',
        '"DataSource" of "OHIF" in orthanc.json',
      );
    }),
};
