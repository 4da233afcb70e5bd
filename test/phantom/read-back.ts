import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DicomJson } from '../../src/core/index.js';

/** Runs `use` on a file with these bytes and removes it again. */
export function withFile<T>(bytes: Uint8Array, use: (path: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'esp-phantom-'));
  try {
    const path = join(folder, 'phantom.dcm');
    writeFileSync(path, bytes);
    return use(path, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The lines that dicom3tools' validator calls errors. */
export function validatorErrors(bytes: Uint8Array): readonly string[] {
  return withFile(bytes, (path) => {
    const output = execFileSync('sh', ['-c', 'dciodvfy "$1" 2>&1 || true', 'sh', path], { encoding: 'utf8' });
    return output.split('\n').filter((line) => line.startsWith('Error'));
  });
}

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
