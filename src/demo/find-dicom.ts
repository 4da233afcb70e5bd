import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Every DICOM Part 10 file below a folder, by its magic word, in a fixed order. */
export function findDicom(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(isPart10)
    .sort();
}

function isPart10(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(132);
    return readSync(file, head, 0, 132, 0) === 132 && head.toString('latin1', 128) === 'DICM';
  } finally {
    closeSync(file);
  }
}
