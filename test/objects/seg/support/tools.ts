import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DicomJson } from '../../../../src/dicom/index.js';
import { withFile } from '../../../support/with-file.js';

/** The data set as DCMTK reads it, text converted to UTF-8. */
export function readWithDcmtk(bytes: Uint8Array): DicomJson {
  return withFile(bytes, (file) => JSON.parse(run('dcmtk', 'dcm2json', [file]).stdout) as DicomJson);
}

/** The file as DCMTK prints it, meta information included. */
export function dumpWithDcmtk(bytes: Uint8Array): string {
  return withFile(bytes, (file) => run('dcmtk', 'dcmdump', ['-q', file]).stdout);
}

/** A structured report as DCMTK's dsrdump prints its content tree, warnings included. */
export function reportWithDcmtk(bytes: Uint8Array): string {
  return withFile(bytes, (file) => run('dcmtk', 'dsrdump', ['+Pc', file]).output);
}

/** A structured report as XML; DCMTK reads the whole tree for it. */
export function reportXmlWithDcmtk(bytes: Uint8Array): string {
  return withFile(bytes, (file) => run('dcmtk', 'dsr2xml', [file]).stdout);
}

/** The value of Pixel Data as DCMTK reads it. */
export function pixelDataWithDcmtk(bytes: Uint8Array): Uint8Array {
  return withFile(bytes, (file, folder) => {
    run('dcmtk', 'dcmdump', ['-q', '+W', folder, file]);
    const raw = readdirSync(folder).filter((name) => name.endsWith('.raw'));
    if (raw.length !== 1) throw new Error(`dcmdump wrote ${raw.length} pixel data files`);
    return new Uint8Array(readFileSync(join(folder, raw[0]!)));
  });
}

function run(
  debianPackage: string,
  command: string,
  args: readonly string[],
): { stdout: string; output: string } {
  const { error, stdout, stderr, status } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error)
    throw new Error(`${command} does not run. These tests need it: apt install ${debianPackage}`, {
      cause: error,
    });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return { stdout, output: stdout + stderr };
}
