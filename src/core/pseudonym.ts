import { createHmac, randomBytes } from 'node:crypto';

/** Until the process knows the key of the installation: pseudonyms are never without one. */
let key: string | Buffer = randomBytes(32);

/**
 * Sets the key of the pseudonyms in this process's log, once, when it starts.
 * @param installationKey the same for all processes of an installation, so that their lines can be put together
 */
export function keyPseudonyms(installationKey: string): void {
  key = installationKey;
}

/**
 * A short stand-in for a UID, for logs: UIDs can be traced to a person (PS3.15 Annex E). The same within an installation;
 * without its key nobody can tell whether a UID they have is the one meant.
 */
export function pseudonym(uid: string): string {
  return createHmac('sha256', key).update(uid).digest('hex').slice(0, 12);
}
