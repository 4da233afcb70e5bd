import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetch } from 'undici';
import { freePort } from '../../src/demo/free-port.js';
import { type LocalProcess, startLocalProcess } from '../../src/demo/local-process.js';

const PLUGIN = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';

/** An Orthanc that is set up in some wrong way; ready as soon as it answers anything. */
export async function startOddOrthanc(
  dir: string,
  wrong: Readonly<Record<string, unknown>>,
): Promise<LocalProcess & { url: string }> {
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  const configuration = {
    Name: 'odd',
    StorageDirectory: join(dir, 'db'),
    IndexDirectory: join(dir, 'db'),
    HttpPort: port,
    DicomServerEnabled: false,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: false,
    StableAge: 2,
    Plugins: [PLUGIN],
    DicomWeb: { Enable: true, Root: '/dicom-web/', StudiesMetadata: 'Full', SeriesMetadata: 'Full' },
    ...wrong,
  };
  const path = join(dir, 'orthanc.json');
  writeFileSync(path, JSON.stringify(configuration));
  const url = `http://127.0.0.1:${port}`;
  const running = await startLocalProcess({
    command: 'Orthanc',
    args: [path],
    logFile: join(dir, 'orthanc.log'),
    ready: async () => void (await (await fetch(`${url}/system`)).arrayBuffer()),
  });
  return { ...running, url };
}
