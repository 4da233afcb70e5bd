import { createHash } from 'node:crypto';

/** A short stable stand-in for a UID, for logs and metrics: UIDs can be traced to a person (PS3.15 Annex E). */
export function pseudonym(uid: string): string {
  return createHash('sha256').update(uid).digest('hex').slice(0, 12);
}
