import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Options of `scripts/demo` as they were typed. */
export interface GivenOptions {
  readonly studies?: string;
  readonly masks?: string;
  readonly data: string;
  readonly fresh: boolean;
  readonly once: boolean;
  readonly port: string;
}

/** How the demo was asked to run. */
export interface DemoOptions {
  /** Folder of DICOM files; the six phantoms when absent. */
  readonly studies?: string | undefined;
  /** Folder of reference masks `<SOPInstanceUID>.png`; prints Dice by channel. */
  readonly masks?: string | undefined;
  /** Where the private archive and queue keep their data. */
  readonly dataDir: string;
  /** Begin with an empty archive. */
  readonly fresh: boolean;
  /** End when every study is done. */
  readonly once: boolean;
  /** 0: any free one. */
  readonly port: number;
}

/** Checks the options before anything is started. @throws Error that names the option and what to give instead */
export function readOptions(given: GivenOptions): DemoOptions {
  const { data, fresh, once } = given;
  const studies = given.studies === undefined ? undefined : folder('--studies', given.studies);
  const masks = given.masks === undefined ? masksBeside(studies) : folder('--masks', given.masks);
  if (given.masks !== undefined && !readdirSync(masks!).some((name) => name.endsWith('.png'))) {
    throw new Error(`--masks takes a folder of <SOPInstanceUID>.png files; ${masks} has no .png file`);
  }
  const port = Number(given.port);
  if (!/^\d+$/.test(given.port) || port > 65_535) {
    throw new Error(`--port takes a number from 0 to 65535; "${given.port}" is none`);
  }
  return { studies, masks, dataDir: resolve(data), fresh, once, port };
}

function folder(option: string, given: string): string {
  const path = resolve(given);
  if (!existsSync(path)) throw new Error(`${option}: there is no folder ${path}`);
  if (!statSync(path).isDirectory()) {
    throw new Error(`${option} takes a folder; ${path} is a file. Give the folder that holds it`);
  }
  return path;
}

function masksBeside(studies: string | undefined): string | undefined {
  const beside = studies === undefined ? undefined : join(studies, 'masks');
  return beside && existsSync(beside) ? beside : undefined;
}
