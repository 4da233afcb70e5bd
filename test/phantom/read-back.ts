import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DicomJson } from '../../src/dicom/index.js';
import { withFile } from '../support/with-file.js';

/** One frame as DCMTK draws it: the samples of a PGM (grey) or PPM (colour) picture. */
export function drawnByDcmtk(bytes: Uint8Array, frame: number, options: readonly string[] = []): Buffer {
  return withFile(bytes, (path, folder) => {
    const picture = join(folder, 'frame.pnm');
    execFileSync('dcm2pnm', ['--write-raw-pnm', '--frame', String(frame), ...options, path, picture]);
    // Header: magic, size and maximum on lines of their own; a comment may stand between.
    const content = readFileSync(picture);
    const header = /^P[56]\s(?:#.*\n)*\d+\s+\d+\s+\d+\s/.exec(content.toString('latin1'))![0];
    return content.subarray(header.length);
  });
}

/** An attribute's value as DCMTK reads it, converted to UTF-8. */
export function readByDcmtk(bytes: Uint8Array, tag: string): string {
  return withFile(bytes, (path) => {
    const output = execFileSync('dcmdump', ['+U8', '+L', '+P', tag, path], { encoding: 'utf8' });
    return /\[(.*)\]/.exec(output)?.[1]?.trim() ?? '';
  });
}

/** The header and the pixels of an uncompressed file as DCMTK writes them in the DICOM JSON model. */
export function dicomJsonByDcmtk(bytes: Uint8Array): DicomJson {
  return withFile(bytes, (path) => {
    const output = execFileSync('dcm2json', [path], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    return JSON.parse(output) as DicomJson;
  });
}
