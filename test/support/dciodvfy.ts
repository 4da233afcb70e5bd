import { spawnSync } from 'node:child_process';
import { withFile } from './with-file.js';

/**
 * Lines in which dicom3tools' dciodvfy reports an error.
 * @throws when dciodvfy is not installed: no errors would then mean nothing
 */
export function dciodvfyErrors(bytes: Uint8Array): readonly string[] {
  return withFile(bytes, (path) => {
    const { error, stdout, stderr } = spawnSync('dciodvfy', ['-new', path], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (error) throw new Error('dciodvfy does not run: apt-get install dicom3tools', { cause: error });
    return `${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('Error'));
  });
}
