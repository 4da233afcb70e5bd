import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** What a folder holds. */
export interface FoundFiles {
  /** DICOM Part 10 files, in a fixed order. */
  readonly dicom: readonly string[];
  /** How many files are something else. */
  readonly others: number;
  /** Files that cannot be opened. */
  readonly unreadable: readonly string[];
}

/** Every DICOM Part 10 file below a folder, by its magic word. */
export function findDicom(dir: string): FoundFiles {
  const found = { dicom: [] as string[], others: 0, unreadable: [] as string[] };
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of paths) {
    try {
      if (isPart10(path)) found.dicom.push(path);
      else found.others += 1;
    } catch {
      found.unreadable.push(path);
    }
  }
  return found;
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
