import { readFileSync, statSync } from 'node:fs';
import { createSecureContext, rootCertificates } from 'node:tls';
import { AppError } from '../core/index.js';

/** Files in PEM form; empty for none. */
export interface TlsFiles {
  /** Further authorities, beside those that Node.js knows. */
  readonly caFile: string;
  /** Our own certificate, with the chain behind it. */
  readonly certFile: string;
  readonly keyFile: string;
}

/** What of the files goes into a connection. */
export interface TlsMaterial {
  readonly ca?: string[];
  readonly cert?: string;
  readonly key?: string;
}

/** Files that are read again when they have changed. */
export interface OpenTlsFiles {
  /** Grows with every change. */
  readonly version: number;
  /** What the files hold now. Of files that cannot be used, what they held before. */
  current(): TlsMaterial;
}

/**
 * Reads certificates and keys.
 * @param section of the settings, for messages
 * @param authorities whether those of the file count besides those that Node.js knows, or alone
 * @throws AppError `CONFIG_INVALID` naming the setting, for a file that cannot be read or used when it is read first
 */
export function openTlsFiles(
  files: TlsFiles,
  section: string,
  authorities: 'besides the usual' | 'only these' = 'besides the usual',
): OpenTlsFiles {
  const usual = authorities === 'only these' ? [] : rootCertificates;
  const paths = [files.caFile, files.certFile, files.keyFile].filter(Boolean);
  let seen = stampOf(paths);
  let material = readMaterial(files, section, usual);
  let version = 1;
  return {
    get version() {
      return version;
    },
    current() {
      const stamp = stampOf(paths);
      if (stamp === seen) return material;
      // Certificate and key are two files: between the two writes they do not belong together yet.
      seen = stamp;
      try {
        material = readMaterial(files, section, usual);
        version += 1;
      } catch {
        seen = '';
      }
      return material;
    },
  };
}

function stampOf(paths: readonly string[]): string {
  return paths
    .map((path) => {
      try {
        const { mtimeMs, size, ino } = statSync(path);
        return `${mtimeMs}:${size}:${ino}`;
      } catch {
        return 'absent';
      }
    })
    .join(' ');
}

function readMaterial(
  { caFile, certFile, keyFile }: TlsFiles,
  section: string,
  usual: readonly string[],
): TlsMaterial {
  const read = (key: string, path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
      throw unusable(section, [key], `cannot be read (${code})`, cause);
    }
  };
  const own = caFile === '' ? undefined : read('caFile', caFile);
  const cert = certFile === '' ? undefined : read('certFile', certFile);
  const key = keyFile === '' ? undefined : read('keyFile', keyFile);
  if (own !== undefined) {
    try {
      createSecureContext({ ca: own });
    } catch (cause) {
      throw unusable(section, ['caFile'], 'holds no certificate in PEM form', cause);
    }
    if (!own.includes('-----BEGIN CERTIFICATE-----')) {
      throw unusable(section, ['caFile'], 'holds no certificate in PEM form');
    }
  }
  if (cert !== undefined || key !== undefined) {
    try {
      createSecureContext({ cert, key });
    } catch (cause) {
      const mismatch = (cause as NodeJS.ErrnoException).code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH';
      const what = mismatch ? 'do not belong together' : 'cannot be used as PEM';
      throw unusable(section, ['certFile', 'keyFile'], what, cause);
    }
  }
  return {
    ...(own === undefined ? {} : { ca: [...usual, own] }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

function unusable(section: string, keys: string[], what: string, cause?: unknown): AppError {
  const settings = keys.map((key) => `${section}.${key}`);
  return new AppError('CONFIG_INVALID', `Settings: ${settings.join(' and ')} ${what}`, { cause, settings });
}
