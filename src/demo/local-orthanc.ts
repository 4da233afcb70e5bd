import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { startLocalProcess, type LocalProcess, type StartOptions } from './local-process.js';
import { orthancInstallation } from './orthanc-installation.js';

/** An Orthanc with DICOMweb and its own data folder: loopback only, no DICOM port. */
export async function startLocalOrthanc(
  dir: string,
  port: number,
  extra: Readonly<Record<string, unknown>> = {},
  options: StartOptions = {},
): Promise<LocalProcess & { orthancUrl: string; dicomwebUrl: string }> {
  const { command, args, env, plugin } = orthancInstallation();
  mkdirSync(dir, { recursive: true });
  const configuration = {
    Name: 'ESP-MedSAM',
    StorageDirectory: join(dir, 'db'),
    IndexDirectory: join(dir, 'db'),
    HttpPort: port,
    DicomServerEnabled: false,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: false,
    StableAge: 2,
    Plugins: [plugin],
    DicomWeb: {
      Enable: true,
      Root: '/dicom-web/',
      EnableWado: false,
      StudiesMetadata: 'Full',
      SeriesMetadata: 'Full',
    },
    ...extra,
  };
  const path = join(dir, 'orthanc.json');
  writeFileSync(path, JSON.stringify(configuration, null, 2));
  const orthancUrl = `http://127.0.0.1:${port}`;
  const server = {
    command,
    args: [...args, path],
    ...(env ? { env } : {}),
    logFile: join(dir, 'orthanc.log'),
    ready: async () => {
      const { statusCode, body } = await request(`${orthancUrl}/system`);
      await body.dump();
      if (statusCode !== 200) throw new Error('not ready');
    },
  };
  const running = await startLocalProcess(server, options);
  return { ...running, orthancUrl, dicomwebUrl: `${orthancUrl}/dicom-web` };
}
