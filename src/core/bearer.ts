import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** The token of an `Authorization: Bearer …` header (RFC 6750 §2.1); undefined for any other header or none. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
}

/**
 * A list of secrets to compare with. Comparing takes the same time whatever was sent: digests have one length, and
 * every secret is compared.
 * @param secrets name of each and its text; an empty text matches nothing
 * @returns the name of the secret that was sent, or undefined for none of them
 */
export function secretMatcher<N extends string>(
  secrets: Readonly<Record<N, string>>,
): (sent: string | undefined) => N | undefined {
  const known = Object.entries<string>(secrets)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => ({ name: name as N, hash: digest(text) }));
  return (sent) => {
    const hash = digest(sent ?? '');
    return known.filter((entry) => timingSafeEqual(entry.hash, hash))[0]?.name;
  };
}
