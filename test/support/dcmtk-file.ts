import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFile } from './with-file.js';

/** A DICOM file after one of DCMTK's converters has been over it. */
export function throughDcmtk(
  bytes: Uint8Array,
  [tool, ...options]: readonly [string, ...string[]],
): Uint8Array {
  return withFile(bytes, (path, folder) => {
    const result = join(folder, 'converted.dcm');
    try {
      execFileSync(tool, [...options, path, result], { stdio: 'pipe' });
    } catch (cause) {
      throw new Error(`${tool} ${options.join(' ')} failed (apt-get install dcmtk)`, { cause });
    }
    return readFileSync(result);
  });
}
