import { readFile } from 'node:fs/promises';
import { AppError } from '../../core/index.js';
import { bearer, type ArchiveLogin } from './login.js';

/** Somebody else renews the token: what is read counts for so long. */
const REREAD_MS = 5000;
/** What RFC 6750 §2.1 lets a token be made of. */
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/** A Bearer token from a file that is read again as it changes, and at once when the archive refuses the token. */
export function tokenFileLogin(path: string): ArchiveLogin {
  let read: { readonly token: string; readonly at: number } | undefined;
  return {
    async headers() {
      if (read === undefined || Date.now() - read.at > REREAD_MS) {
        read = { token: await tokenIn(path), at: Date.now() };
      }
      return bearer(read.token);
    },
    refused() {
      // Read less than a second ago: the file holds nothing newer.
      if (read === undefined || Date.now() - read.at < 1000) return false;
      read = undefined;
      return true;
    },
  };
}

async function tokenIn(path: string): Promise<string> {
  const settings = ['archive.tokenFile'];
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('ARCHIVE_DENIED', `archive.tokenFile cannot be read (${cause.code})`, {
      cause,
      settings,
    });
  });
  const token = text.trim();
  if (TOKEN.test(token)) return token;
  throw new AppError('ARCHIVE_DENIED', 'archive.tokenFile does not hold one Bearer token', { settings });
}
